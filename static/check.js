/* The page that checks certificates: what stands behind the # of the address is posted, so that it never stands in a log or
   a history; photos are read here, and only where that fails sent as they are. */
import { textOfPhoto } from "./photo.js";

const pasted = document.querySelector("form.pasted");

function send(text) {
  pasted.elements.text.value = text;
  pasted.submit();
}

if (pasted && /^#[\w-]{60,}$/.test(location.hash)) {
  const whole = location.href;
  history.replaceState(null, "", location.pathname);
  send(whole);
}

const photo = document.querySelector("form.photo");
if (photo) {
  const said = photo.querySelector("[role=status]");
  const read = async () => {
    const [file] = photo.elements.photo.files;
    if (!file) return;
    said.textContent = photo.dataset.reading;
    try {
      const { decodeQR } = await import(photo.dataset.decoder);
      const text = await textOfPhoto(file, decodeQR);
      if (text) {
        photo.elements.photo.value = "";
        return send(text);
      }
    } catch { /* a browser that cannot; the server can */ }
    said.textContent = photo.dataset.none;
  };
  photo.elements.photo.addEventListener("change", read);
  read(); // what was chosen before this script was there
}
