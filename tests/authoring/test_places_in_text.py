"""Names of places in running text: accepted and refused, in four languages."""

from __future__ import annotations

from datetime import date

import pytest
from tiny import Tiny

from mapapp.authoring.gazetteer import Gazetteer
from mapapp.authoring.suggest import suggest
from mapapp.core.model import Article, Atlas
from mapapp.data.load import load

pytestmark = pytest.mark.slow  # the gazetteer is indexed once


def _places(text: str, language: str, gazetteer: Gazetteer | None, atlas: Atlas | None = None) -> list[str]:
    article = Article("one", text, date(2020, 2, 19), "", "source", language)
    return [one.words for one in suggest(article, atlas, gazetteer).places]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Fighting went on in Khartoum and Omdurman.", ["Khartoum", "Omdurman"]),
        ("en", "Ankara maintains that Damascus lied.", ["Ankara", "Damascus"]),
        ("en", "Russia-Turkey talks on Syria's north failed.", ["Russia", "Turkey", "Syria"]),
        ("en", "They crossed Lake Kivu to North Kivu province.", ["Lake Kivu", "North Kivu province"]),
        ("en", "Troops left the village of Xyzzy in Sudan.", ["Xyzzy", "Sudan"]),
        ("en", "The embassy in the Jordan capital closed.", ["Jordan"]),
        ("en", "They fled Sana'a for Ma’rib's outskirts in Yemen.", ["Sana'a", "Ma’rib", "Yemen"]),
        ("tr", "Saldırı İdlib'de, Halep'in batısında oldu.", ["İdlib", "Halep"]),
        ("tr", "Kastamonu’nun Bozkurt ilçesinde sel oldu.", ["Kastamonu", "Bozkurt ilçesinde"]),
        ("ru", "Бои шли под Саракибом, в Идлибе и в Алеппо.", ["Саракибом", "Идлибе", "Алеппо"]),
        ("ru", "Дожди в Нижнем Новгороде и Курганской области.", ["Нижнем Новгороде", "Курганской области"]),
        ("ru", "Мэр Москвы Сергей Собянин выступил.", ["Москвы"]),
        ("ar", "وصل إلى دمشق وحلب قادما من بغداد.", ["دمشق", "حلب", "بغداد"]),
        ("ar", "تظاهر الناس بالقاهرة وسافروا للخرطوم.", ["القاهرة", "للخرطوم"]),
        ("en", "They fled El Obeid–Bara road in Sudan.", ["El Obeid", "Bara road", "Sudan"]),
        (
            "en",
            "In Chad and Sudan, the Adré-El Geneina corridor is shut.",
            ["Chad", "Sudan", "Adré", "El Geneina corridor"],
        ),
        ("en", "AMMAN — Envoys met here.", ["AMMAN"]),
        ("en", "Moscow brokered the Sochi accord.", ["Moscow", "Sochi"]),
        ("en", "They left Qamishli and al-Hasakah in Syria.", ["Qamishli", "al-Hasakah", "Syria"]),
        ("en", "Aid reached Côte d'Ivoire from Ghana.", ["Côte d'Ivoire", "Ghana"]),
        ("en", "Flights to Xyzzy, in Sudan, stopped.", ["Xyzzy", "Sudan"]),
        ("en", "Of Punjab, little is left. Lake Xyzzy is dry.", ["Punjab", "Lake Xyzzy"]),
        (
            "en",
            "They entered Xyzzy, 10 km north of Kyiv. The Xyzzy-Plugh line held.",
            ["Xyzzy", "Kyiv", "Xyzzy", "Plugh"],
        ),
        ("en", "They took control of Xyzzy in Myanmar.", ["Xyzzy", "Myanmar"]),
        ("ar", "سقطت قذيفة في حي تل السلطان في غزة.", ["تل السلطان", "غزة"]),
        ("ru", "Удары нанесли по дорогам у Саракиба.", ["Саракиба"]),
        ("tr", "Bab el-Hava sınır kapısından geçtiler.", ["Bab el-Hava sınır kapısından"]),
        ("tr", "Bu sabah Xyzzy, Haseke ve Rakka'ya girdi.", ["Xyzzy", "Haseke", "Rakka"]),
        ("ru", "Вода дошла до Кинбурнской косы.", ["Кинбурнской косы"]),
        ("ru", "Бои шли в Донецкой области.", ["Донецкой области"]),
        ("ru", "Власти Крыма предупредили жителей.", ["Крыма"]),
        ("ar", "كانت الأضرار في مراكش وأكادير وزززز.", ["مراكش", "أكادير", "زززز"]),
        ("ar", "وصلت الطائرة إلى مطار بنينا في ليبيا.", ["بنينا", "ليبيا"]),
    ],
)
def test_places_are_named(gazetteer: Gazetteer, language: str, text: str, words: list[str]) -> None:
    assert _places(text, language, gazetteer) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Turkish President Erdogan spoke to Paris Hilton and Jordan Peterson."),
        ("en", "Of the homes, none stood. May came. Mobile phones failed. Both left on Sunday."),
        ("en", "A study by Chatham House and the University of Oxford was read."),
        ("en", "General Hamilton said so. Hamilton added that it was late."),
        ("en", "The Syrian Arab Army and the Security Council agreed in March."),
        ("en", "The Liberation Front signed; Sydney Marsh, a lawyer, was there."),
        ("en", "They were seen at noon by the News Service."),
        ("en", "The Kachin Independence Army fired."),
        ("tr", "Gözler Sinan Oğan'da."),
        ("tr", "Al-Monitor'a konuşan diplomat gitti."),
        ("ru", "Аким области и эксперт Казахстанского института выступили."),
        ("ar", "صوت الناس لأول مرة في محافظة عراقية."),
        ("tr", "Türk askerleri geldi. Of! Mart ayında Cumhurbaşkanı Erdoğan konuştu."),
        ("tr", "Kemal Aydın dedi. Fatih Demir geldi."),
        ("ru", "Владимир Путин и Сергей Киров встретились. Победа близка."),
        ("ru", "Турецкий министр и российские военные."),
        ("ar", "قال الرئيس التركي إن القوات السورية في المدينة."),
        ("ar", "وقال محمد صالح إن الجزيرة نقلت الخبر يوم الأحد."),
    ],
)
def test_persons_adjectives_and_common_words_are_no_places(
    gazetteer: Gazetteer, language: str, text: str
) -> None:
    assert _places(text, language, gazetteer) == []


def test_a_name_of_several_places_means_the_one_near_those_named(gazetteer: Gazetteer) -> None:
    def first(text: str) -> str:
        article = Article("one", text, date(2020, 2, 19), "", "source", "en")
        mention = next(one for one in suggest(article, None, gazetteer).places if one.words == "Tripoli")
        return mention.candidates[0].country

    assert first("In Lebanon, people left Beirut for Tripoli.") == "LB"
    assert first("In Libya, people left Benghazi for Tripoli.") == "LY"


def test_places_of_the_folder_come_first_and_need_no_gazetteer(
    tiny: Tiny, gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tiny.place("rivertown")["properties"]["names"]["en"] = "Khartoum"
    atlas = load(tiny.write(tmp_path_factory.mktemp("story")))
    article = Article("one", "It rained in Khartoum and in Cairo.", date(2020, 2, 19), "", "source", "en")
    with_gazetteer, without = (suggest(article, atlas, one) for one in (gazetteer, None))
    assert with_gazetteer.places[0].candidates[0].id == "rivertown"
    assert [one.id for one in without.places[0].candidates] == ["rivertown"]
    assert [one.words for one in without.places] == ["Khartoum"]
    assert not without.with_gazetteer


def test_words_for_a_kind_of_own_places_mean_all_of_them(atlas: Atlas, gazetteer: Gazetteer) -> None:
    article = Article("one", "They left the observation posts.", date(2020, 2, 19), "", "source", "en")
    (mention,) = suggest(article, atlas, gazetteer).places
    assert mention.words == "observation posts"
    assert mention.all_of_them
    assert {one.id for one in mention.candidates} >= {"post-tr-01", "post-tr-12"}
