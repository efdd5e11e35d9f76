/* Starts Streamlit in the page around the map's frame once the map is drawn, which would else have to wait for it.
 *
 * A template of the page (`ui/index.py`) has what starts Streamlit: links to some sixty scripts, three megabytes,
 * which browsers would fetch and compile before the map's, and the script that imports them.
 */

const PATIENCE = 3000; // milliseconds

const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("mapapp-streamlit"));

const start = () => document.head.append(content); // the second time, nothing is left in it

window.addEventListener("mapapp-drawn", start); // said by the map's frame (app_requests.js)
setTimeout(start, PATIENCE); // the map is slow, or the page is in the background, where nothing is painted
