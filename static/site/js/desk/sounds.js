// Sounds that tell by ear what happened, a soft tick for a double read, and a spoken word if wanted.

// [frequency Hz, start s, length s] of each note; the wave and loudness of the whole
const TUNES = {
  opened: { wave: "sine", volume: 0.15, notes: [[660, 0, 0.08]] },
  lent: { wave: "sine", volume: 0.3, notes: [[880, 0, 0.09], [1320, 0.09, 0.14]] },
  returned: { wave: "sine", volume: 0.3, notes: [[700, 0, 0.1], [520, 0.1, 0.16]] },
  reserved: { wave: "sine", volume: 0.35, notes: [[700, 0, 0.1], [880, 0.12, 0.1], [1175, 0.24, 0.1], [880, 0.36, 0.2]] },
  notice: { wave: "triangle", volume: 0.35, notes: [[600, 0, 0.1], [600, 0.16, 0.1]] },
  refused: { wave: "square", volume: 0.25, notes: [[190, 0, 0.22], [150, 0.26, 0.32]] },
  again: { wave: "sine", volume: 0.05, notes: [[440, 0, 0.04]] },
};

let audio;

export function play(tone) {
  const tune = TUNES[tone];
  if (!tune || !window.AudioContext) return;
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
  for (const [frequency, start, length] of tune.notes) playNote(tune, frequency, audio.currentTime + start, length);
}

function playNote({ wave, volume }, frequency, start, length) {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = wave;
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(volume, start);
  gain.gain.exponentialRampToValueAtTime(0.001, start + length);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + length);
}

export function speak(text) {
  if (!text || !window.speechSynthesis) return;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = document.documentElement.lang;
  utterance.rate = 1.2;
  speechSynthesis.speak(utterance);
}
