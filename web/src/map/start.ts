/** Starting a map: the worker's own file, the attribution, keys and motion as the reader wants them. */
import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerUrl, type MapOptions, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?raw";

// The worker's text comes within this file, for most of it stands in both: packed together they weigh a quarter less than apart.
setWorkerUrl(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })));

/** Whether the browser can draw maps at all: without WebGL 2 there is the table. */
export function drawable(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

export function start(container: HTMLElement, style: StyleSpecification, options: Partial<MapOptions> = {}): LibreMap {
  const map = new LibreMap({
    container,
    style,
    attributionControl: { compact: true },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0, // names that fade keep a computer without a graphics card drawing
    minZoom: 0.5,
    maxZoom: 18,
    renderWorldCopies: true,
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new ScaleControl({}), "bottom-left");
  return map;
}

/** How a move is made: at once where motion is not wanted. */
export const moved = (): { animate: boolean; duration?: number } =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? { animate: false } : { animate: true, duration: 450 };
