/** Loaded before everything else, it sets the clock of a process off by FAULTS_CLOCK_OFF_MS. */
const off = Number(process.env.FAULTS_CLOCK_OFF_MS);
const Right = globalThis.Date;
const rightNow = Right.now.bind(Right);

function now() {
  return rightNow() + off;
}

function Shifted(...parts) {
  if (!new.target) return new Right(now()).toString();
  return Reflect.construct(Right, parts.length === 0 ? [now()] : parts, new.target);
}

// Everything that a Date has stands on itself, for Next copies that to a Date of its own.
Object.defineProperties(Shifted, { ...Object.getOwnPropertyDescriptors(Right), now: { value: now, writable: true } });
Right.prototype.constructor = Shifted;
globalThis.Date = Shifted;
