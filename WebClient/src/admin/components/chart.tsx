import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { formatClock, t } from '../i18n';
import { rangeOf, type Line } from '../state/stats';
import { shownColors } from './colors';

export interface Series {
  readonly label: string;
  /** A colour's name in tokens.css. */
  readonly color: string;
  /** Told apart from the others without colour, too. */
  readonly dashed?: boolean;
}

interface ChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly line: Line;
  readonly format: (value: number) => string;
}

const height = 132;

/** A live line chart; its numbers stand beside it in words, and in a table for whoever asks. */
export function Chart({ title, series, line, format }: ChartProps): JSX.Element {
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [open, setOpen] = useState(false);
  const data = [line.times, ...line.values] as uPlot.AlignedData;
  const latest = useRef(data);
  latest.current = data;
  const shape = series.map(({ label, color, dashed }) => `${label}|${color}|${dashed ? 1 : 0}`).join();

  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    let gone = false;
    let watching: ResizeObserver | undefined;
    const draw = async (): Promise<void> => {
      // Not needed to sign in, nor on other screens.
      const { default: UPlot } = await import('uplot');
      if (gone) return;
      plot.current?.destroy();
      const colors = shownColors(box, ['--ink-soft', '--line', ...series.map(({ color }) => color)]);
      const axis = { stroke: colors[0] ?? '', grid: { stroke: colors[1] ?? '', width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(box).fontFamily}` };
      plot.current = new UPlot(
        {
          width: Math.max(120, box.clientWidth),
          height,
          legend: { show: false },
          cursor: { show: false },
          scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) <= 0 ? 1 : (high ?? 0) * 1.1] } },
          axes: [
            { ...axis, size: 22, space: 70, values: (_, times) => times.map((at) => formatClock(at * 1000).slice(0, 5)) },
            { ...axis, size: 58, space: 28, values: (_, values) => values.map((value) => format(value)) },
          ],
          series: [{}, ...series.map(({ label, dashed }, i) => ({ label, stroke: colors[i + 2] ?? '', width: 1.75, points: { show: false }, ...(dashed && { dash: [5, 4] }) }))],
        },
        latest.current,
        box,
      );
      watching ??= new ResizeObserver(() => plot.current?.setSize({ width: Math.max(120, box.clientWidth), height }));
      watching.observe(box);
    };
    void draw();
    // Its colours are those of the theme, which a canvas does not follow by itself.
    const themes = new MutationObserver(() => void draw());
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    const redraw = (): void => void draw();
    system.addEventListener('change', redraw);
    return () => {
      gone = true;
      themes.disconnect();
      watching?.disconnect();
      system.removeEventListener('change', redraw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape]);

  useEffect(() => plot.current?.setData(data), [line]);

  const ranges = line.values.map(rangeOf);
  const rows = open ? tableRows(line) : [];
  return (
    <figure class="chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <span id={`${id}-title`} class="chart-title">{title}</span>
        <ul class="legend">
          {series.map(({ label, dashed, color }, i) => (
            <li key={label}>
              <span class={`swatch is${color}${dashed ? ' is-dashed' : ''}`} aria-hidden="true" />
              {label} <strong>{ranges[i]?.now === null || ranges[i]?.now === undefined ? '–' : format(ranges[i].now)}</strong>
              <span class="visually-hidden">
                {ranges[i] && t('chart.range', { least: format(ranges[i].least), most: format(ranges[i].most) })}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
      <div class="plot" ref={frame} aria-hidden="true" />
      <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('chart.table')}<span class="visually-hidden">: {title}</span></summary>
        {open && (
          <div class="table-scroll" role="region" aria-label={t('table.region', { label: title })} tabIndex={0}>
            <table>
              <caption class="visually-hidden">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('chart.time')}</th>
                  {series.map(({ label }) => <th key={label} scope="col" class="is-numeric">{label}</th>)}
                </tr>
              </thead>
              <tbody>
                {rows.map((at) => (
                  <tr key={line.times[at]}>
                    <th scope="row">{formatClock((line.times[at] ?? 0) * 1000)}</th>
                    {line.values.map((values, i) => <td key={i} class="is-numeric">{values[at] === null || values[at] === undefined ? '–' : format(values[at])}</td>)}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </details>
    </figure>
  );
}

/** One place of each minute, the last, newest first. */
function tableRows({ times, values }: Line): readonly number[] {
  const minutes = new Map<number, number>();
  times.forEach((at, i) => {
    if (values.some((line) => line[i] !== null)) minutes.set(Math.floor(at / 60), i);
  });
  return [...minutes.values()].reverse();
}
