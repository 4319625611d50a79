// Finds the number that makes the digest begin with enough zeros, a little at a time, and sends the form with it.

const SLICE_MILLISECONDS = 40;

const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
const ROUNDS = primes.map((prime) => fraction(Math.cbrt(prime)));
const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const turned = (word, by) => (word >>> by) | (word << (32 - by));

// One block of SHA-256 (FIPS 180-4, 6.2.2): the state after it.
function after(state, block) {
  const w = new Int32Array(64);
  w.set(block);
  for (let i = 16; i < 64; i++) {
    const s0 = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const s1 = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
}

// A text of plain letters as a block; the last one holds the length of the whole message.
function blockOf(text, length) {
  const bytes = new Uint8Array(64);
  bytes.set([...text].map((letter) => letter.charCodeAt(0)));
  const view = new DataView(bytes.buffer);
  if (length) {
    bytes[text.length] = 0x80;
    view.setUint32(60, length * 8);
  }
  return Int32Array.from({ length: 16 }, (_, i) => view.getInt32(i * 4));
}

const form = document.querySelector("form[data-work]");
const { work, bits } = form.dataset;
form.querySelector("[data-working]").hidden = false;
form.querySelector("[data-waiting]").hidden = true;
// The text is one block long, so its state is the same for every number.
const half = after(START, blockOf(work));
let number = 0;

function go() {
  const until = performance.now() + SLICE_MILLISECONDS;
  while (performance.now() < until) {
    const ending = `:${number}`;
    if (after(half, blockOf(ending, 64 + ending.length))[0] >>> (32 - bits) === 0) {
      form.elements.work.value = number;
      form.submit();
      return;
    }
    number++;
  }
  setTimeout(go);
}

go();
