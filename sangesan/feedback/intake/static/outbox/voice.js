// A voice note (录音): at most a minute, turned into plain samples here, so nothing else of the recording leaves the phone.
"use strict";
(() => {
  const field = document.querySelector("[data-voice]");
  const RATE = 16000, MOST = 60;
  const input = field.querySelector("input");
  const button = field.querySelector("button");
  const heard = field.querySelector("audio");
  const remove = field.querySelector("[data-remove]");
  const said = field.querySelector(".help");
  const word = button.querySelector("span");
  const form = field.closest("form");
  let recorder, timer, making = null, held = false;

  function mulaw(value) {
    let sample = Math.max(-32635, Math.min(32635, Math.round(value * 32767)));
    const sign = sample < 0 ? 0x80 : 0;
    sample = Math.abs(sample) + 132;
    const exponent = Math.max(0, 31 - Math.clz32(sample) - 7);
    return ~(sign | exponent << 4 | sample >> exponent + 3 & 15) & 255;
  }

  function wav(samples) {
    const file = new DataView(new ArrayBuffer(44 + samples.length));
    const put = (at, text) => [...text].forEach((c, i) => file.setUint8(at + i, c.charCodeAt(0)));
    put(0, "RIFF"); put(8, "WAVEfmt "); put(36, "data");
    file.setUint32(4, 36 + samples.length, true); file.setUint32(16, 16, true);
    file.setUint16(20, 7, true); file.setUint16(22, 1, true);
    file.setUint32(24, RATE, true); file.setUint32(28, RATE, true);
    file.setUint16(32, 1, true); file.setUint16(34, 8, true);
    file.setUint32(40, samples.length, true);
    samples.forEach((sample, i) => file.setUint8(44 + i, mulaw(sample)));
    return new File([file.buffer], "voice.wav", { type: "audio/wav" });
  }

  async function plain(recorded) {
    const heard = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await recorded.arrayBuffer());
    const mixer = new OfflineAudioContext(1, Math.min(MOST, heard.duration) * RATE | 0, RATE);
    const source = mixer.createBufferSource();
    source.buffer = heard;
    source.connect(mixer.destination);
    source.start();
    return wav((await mixer.startRendering()).getChannelData(0));
  }

  function give(file) {
    const bag = new DataTransfer();
    if (file) bag.items.add(file);
    input.files = bag.files;
    if (heard.src) URL.revokeObjectURL(heard.src);
    if (file) heard.src = URL.createObjectURL(file); else heard.removeAttribute("src");
    heard.hidden = remove.hidden = !file;
    button.hidden = Boolean(file);
    word.textContent = field.dataset.begin;
  }

  async function begin() {
    said.textContent = "";
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { said.textContent = field.dataset.refused; return; }
    const pieces = [], since = Date.now();
    recorder = new MediaRecorder(stream);
    recorder.ondataavailable = (event) => pieces.push(event.data);
    making = new Promise((done) => {
      recorder.onstop = async () => {
        clearInterval(timer);
        stream.getTracks().forEach((track) => track.stop());
        recorder = null;
        try { give(await plain(new Blob(pieces))); } catch { give(); said.textContent = field.dataset.broken; }
        making = null;
        done();
      };
    });
    recorder.start();
    const tick = () => {
      const seconds = Math.floor((Date.now() - since) / 1000);
      word.textContent = `${field.dataset.end} ${seconds} / ${MOST}`;
      if (seconds >= MOST) recorder?.stop();
    };
    timer = setInterval(tick, 250);
    tick();
  }

  button.addEventListener("click", () => { if (recorder) recorder.stop(); else begin(); });
  remove.addEventListener("click", () => { give(); button.focus(); });
  form.addEventListener("reset", () => give());
  // Whoever presses 上报 while it still records has said all: that goes along, and never with the next report.
  document.addEventListener("submit", async (event) => {
    if (event.target !== form || !making || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held) return;
    held = true;
    recorder?.stop();
    await making;
    held = false;
    if (input.files.length) form.requestSubmit(event.submitter); // else it says what was wrong
  }, true);
  begin();
})();
