/* Reads a QR code where a form takes its text or a picture of it: with this machine's camera, or out of the picture that was chosen.
   Without scripts the picture is sent as it is, and the server reads it. */
import { textOfPhoto } from "./photo.js";
import { hasCamera, watch } from "./station/pictures.js";

for (const form of document.querySelectorAll("form[data-decoder]")) {
  const said = form.querySelector("[role=status]");
  const decoder = form.dataset.decoder;
  const take = (text) => {
    form.elements.text.value = text;
    form.elements.file.value = "";
    form.requestSubmit();
  };

  const read = async () => {
    const [file] = form.elements.file.files;
    if (!file?.type.startsWith("image/")) return;
    said.textContent = form.dataset.reading;
    try {
      const { decodeQR } = await import(decoder);
      const text = await textOfPhoto(file, decodeQR);
      if (text) return take(text);
    } catch { /* a browser that cannot; the server can */ }
    said.textContent = form.dataset.none;
  };
  form.elements.file.addEventListener("change", read);
  read(); // what was chosen before this script was there, or before somebody came back

  const button = form.querySelector("button[data-camera]");
  const video = form.querySelector("video");
  if (!hasCamera()) continue;
  button.hidden = false;
  let stop = null;
  button.addEventListener("click", async () => {
    if (stop) {
      stop();
      stop = null;
    } else {
      try {
        stop = await watch(video, decoder, (text) => {
          stop?.();
          stop = null;
          take(text);
        });
        said.textContent = "";
      } catch {
        said.textContent = form.dataset.refused;
      }
    }
    video.hidden = !stop;
  });
}
