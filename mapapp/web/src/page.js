/* Starts Streamlit in the page around the map's frame once the map is drawn, the reader's incidents included.
 *
 * A template of the page (`ui/index.py`) has what starts Streamlit: links to some sixty scripts, two megabytes, and the
 * script that imports them. Browsers would fetch and compile all these before the map's.
 */

const PATIENCE = 3000; // milliseconds

const { content } = /** @type {HTMLTemplateElement} */ (document.getElementById("mapapp-streamlit"));

const start = () => document.head.append(content); // the second time, nothing is left in it

window.addEventListener("mapapp-drawn", start); // said by the map's frame (app_requests.js)
if (document.getElementById("mapapp-map")?.dataset.drawn) start(); // it was drawn before this script ran
setTimeout(start, PATIENCE); // the map is slow, or the page is in the background, where nothing is painted
