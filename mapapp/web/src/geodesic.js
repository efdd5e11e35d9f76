/* Distances on the WGS 84 ellipsoid, and positions in words. Pure. */

const MAJOR = 6_378_137; // metres
const FLATTENING = 1 / 298.257223563;
const MINOR = MAJOR * (1 - FLATTENING);
const MEAN_RADIUS = (2 * MAJOR + MINOR) / 3;
const ITERATIONS = 200;
const ENOUGH = 1e-12; // radians, less than 0.01 mm
const METRES_PER_PIXEL = 156_543.034; // at zoom 0 on the equator, with tiles of 256 pixels
const METRES_PER_DEGREE = 111_320;

/** @param {number} degrees */
const radians = (degrees) => (degrees * Math.PI) / 180;

/**
 * The length of the shortest line between two positions, in metres, by Vincenty's inverse formula (Survey Review 23,
 * 1975): within 0.5 mm. It does not converge for points nearly opposite each other; their distance is that on a sphere,
 * within 0.6 %.
 * @param {[lon: number, lat: number]} one in degrees
 * @param {[lon: number, lat: number]} other
 */
export function distance([lon1, lat1], [lon2, lat2]) {
  const apart = radians(turned(lon2 - lon1));
  const reduced = [lat1, lat2].map((lat) => Math.atan((1 - FLATTENING) * Math.tan(radians(lat))));
  const [u1, u2] = /** @type {[number, number]} */ (reduced);
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = apart;
  for (let round = 0; round < ITERATIONS; round++) {
    const cosLambda = Math.cos(lambda);
    const sinSigma = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * cosLambda);
    if (sinSigma === 0) return cosLambda > 0 ? 0 : onSphere(lat1, lat2, apart);
    const cosSigma = sin1 * sin2 + cos1 * cos2 * cosLambda;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cos1 * cos2 * Math.sin(lambda)) / sinSigma;
    const cosSqAlpha = 1 - sinAlpha ** 2;
    const cosMiddle = cosSqAlpha === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cosSqAlpha; // 0 along the equator
    const c = (FLATTENING / 16) * cosSqAlpha * (4 + FLATTENING * (4 - 3 * cosSqAlpha));
    const more = sigma + c * sinSigma * (cosMiddle + c * cosSigma * (2 * cosMiddle ** 2 - 1));
    const before = lambda;
    lambda = apart + (1 - c) * FLATTENING * sinAlpha * more;
    if (Math.abs(lambda) > Math.PI) break;
    if (Math.abs(lambda - before) < ENOUGH) return lengthOf({ sigma, sinSigma, cosSigma, cosMiddle, cosSqAlpha });
  }
  return onSphere(lat1, lat2, apart);
}

/**
 * The last step of Vincenty's formula.
 * @param {Record<"sigma" | "sinSigma" | "cosSigma" | "cosMiddle" | "cosSqAlpha", number>} arc
 */
function lengthOf({ sigma, sinSigma, cosSigma, cosMiddle, cosSqAlpha }) {
  const square = (cosSqAlpha * (MAJOR ** 2 - MINOR ** 2)) / MINOR ** 2;
  const a = 1 + (square / 16384) * (4096 + square * (-768 + square * (320 - 175 * square)));
  const b = (square / 1024) * (256 + square * (-128 + square * (74 - 47 * square)));
  const inner = cosSigma * (2 * cosMiddle ** 2 - 1);
  const outer = (b / 6) * cosMiddle * (4 * sinSigma ** 2 - 3) * (4 * cosMiddle ** 2 - 3);
  return MINOR * a * (sigma - b * sinSigma * (cosMiddle + (b / 4) * (inner - outer)));
}

/**
 * @param {number} lat1 in degrees
 * @param {number} lat2
 * @param {number} apart the difference of longitudes, in radians
 */
function onSphere(lat1, lat2, apart) {
  const [a, b] = [radians(lat1), radians(lat2)];
  const square = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(apart / 2) ** 2;
  return 2 * MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(square)));
}

/**
 * A longitude in the range -180 to 180; a map that has been turned has others.
 * @param {number} lon
 */
export const turned = (lon) => lon - 360 * Math.floor((lon + 180) / 360);

/**
 * How many decimals of a degree one pixel of the map is worth, 2 to 6.
 * @param {number} zoom
 */
export function decimalsFor(zoom) {
  const degrees = METRES_PER_PIXEL / METRES_PER_DEGREE / 2 ** zoom;
  return Math.min(6, Math.max(2, Math.ceil(-Math.log10(degrees))));
}

/**
 * A position as text: latitude, longitude in decimal degrees.
 * @param {number} lat
 * @param {number} lon
 * @param {number} decimals
 */
export const positionText = (lat, lon, decimals) =>
  [lat, turned(lon)].map((degrees) => degrees.toFixed(decimals).replace(/^-(0\.0*)$/, "$1")).join(", ");

/**
 * A length for readers: metres below 1 km, else kilometres, with three or four figures.
 * @param {number} metres
 * @returns {{ unit: "m" | "km", value: number, decimals: number }}
 */
export function lengthParts(metres) {
  if (metres < 999.5) return { unit: "m", value: Math.round(metres), decimals: 0 };
  const km = metres / 1000;
  const decimals = km < 9.995 ? 2 : km < 999.95 ? 1 : 0;
  return { unit: "km", value: km, decimals };
}
