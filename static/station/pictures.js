// Codes in pictures: a photo of a pass, which works everywhere, or the live camera, where the browser allows it.

const WIDTHS = [1000, 1600, 600]; // a photo is tried at these, since a code may be small in it or larger than the decoder likes
const LIVE_WIDTH = 640;
const EVERY = 120;

let decoding = null;

async function decoder(address) {
  decoding ??= import(address).then((module) => module.decodeQR);
  try {
    return await decoding;
  } catch (problem) {
    decoding = null; // the server may be back the next time
    throw problem;
  }
}

function pixels(source, width, height, most) {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

// The text of the code in a photo; "" where there is none to be read.
export async function readPhoto(file, address) {
  const [decode, picture] = await Promise.all([decoder(address), createImageBitmap(file)]);
  for (const most of WIDTHS) {
    try {
      return decode(pixels(picture, picture.width, picture.height, most));
    } catch { /* try another size */ }
  }
  return "";
}

export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

// Shows the camera and reports every code it sees until the function that comes back is called.
export async function watch(video, address, onCode) {
  const decode = await decoder(address);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  const timer = setInterval(() => {
    if (!video.videoWidth) return;
    try {
      onCode(decode(pixels(video, video.videoWidth, video.videoHeight, LIVE_WIDTH)));
    } catch { /* no code in this picture */ }
  }, EVERY);
  return () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}
