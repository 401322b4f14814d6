import type { ReactElement } from 'react';

export interface Bar {
  readonly key: string;
  /** Parts from the bottom up, 0 to 1000 together. */
  readonly parts: readonly { readonly height: number; readonly className: string }[];
  /** Read on hover; the table behind the chart says the same to everybody. */
  readonly title: string;
}

interface BarChartProps {
  readonly bars: readonly Bar[];
  /** First and last label of the axis. */
  readonly from: string;
  readonly to: string;
}

const HEIGHT = 96;
const STEP = 20;
const GAP = 5;

/** Drawn on the server for people who look; hidden from those who read the table instead. */
export function BarChart({ bars, from, to }: BarChartProps): ReactElement {
  return (
    <div aria-hidden="true">
      <svg
        aria-hidden="true"
        className="block h-24 w-full"
        preserveAspectRatio="none"
        viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
      >
        {bars.map((bar, index) => (
          <g key={bar.key}>
            <title>{bar.title}</title>
            <rect className="fill-transparent hover:fill-hover" height={HEIGHT} width={STEP} x={index * STEP} y={0} />
            {stack(bar).map(({ y, height, className }) => (
              <rect
                className={`pointer-events-none ${className}`}
                height={height}
                key={`${className} ${y}`}
                width={STEP - GAP}
                x={index * STEP + GAP / 2}
                y={y}
              />
            ))}
          </g>
        ))}
        <line
          className="stroke-line"
          strokeWidth={1}
          vectorEffect="non-scaling-stroke"
          x1={0}
          x2={bars.length * STEP}
          y1={HEIGHT}
          y2={HEIGHT}
        />
      </svg>
      <p className="mt-1 flex justify-between text-muted text-xs tabular-nums">
        <span>{from}</span>
        <span>{to}</span>
      </p>
    </div>
  );
}

/** A part that is there at all is at least two units high. */
function stack(bar: Bar): readonly { readonly y: number; readonly height: number; readonly className: string }[] {
  let top = HEIGHT;
  return bar.parts
    .filter(({ height }) => height > 0)
    .map(({ height, className }) => {
      const tall = Math.max(2, (height * (HEIGHT - 2)) / 1000);
      top -= tall;
      return { y: Math.max(0, top), height: tall, className };
    });
}
