import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSeconds } from '../../view/hooks';
import { watchInspection } from '../api/inspectionStream';
import { addressOf, operations } from '../api/operations';
import type { InspectedPdu } from '../api/types';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { Checkbox, Input, Select } from '../components/form';
import { filterBy } from '../components/navigation';
import { useAction, useResource } from '../components/useResource';
import { formatClock, formatNumber, formatSpan, t, type TextKey } from '../i18n';
import { bytesIn, dumpOf, fieldColors, offsetText, type DumpLine } from '../state/hexDump';
import { noPdus, shownPdus, withPdu, type PduFilter, type PduList } from '../state/inspection';

interface InspectorProps {
  readonly connectionId: string;
  readonly kind: 'web' | 'native' | null;
  /** The inspection in the address, so that a reload goes on with it. */
  readonly inspectionId: string | null;
}

/** The PDUs of one connection as they pass. */
export function Inspector({ connectionId, kind, inspectionId }: InspectorProps): JSX.Element {
  if (kind === 'web') return <p class="nothing">{t('inspector.webOnly')}</p>;
  return inspectionId === null
    ? <Start connectionId={connectionId} />
    : <Running key={inspectionId} id={inspectionId} />;
}

function Start({ connectionId }: { readonly connectionId: string }): JSX.Element {
  const { api } = useConsole();
  const [reveal, setReveal] = useState(false);
  const [reason, setReason] = useState('');
  const action = useAction();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void action.run(async () => {
          const inspection = await api.call(operations.inspect, { path: { id: connectionId }, body: reveal ? { reveal, reason: reason.trim() } : { reveal } });
          filterBy({ inspection: inspection.id });
        });
      }}
    >
      <p class="hint">{t('inspector.lead')}</p>
      <Checkbox label={t('inspector.reveal')} hint={t('inspector.reveal.hint')} checked={reveal} changed={setReveal} />
      {reveal && <Input label={t('inspector.reason')} value={reason} changed={setReason} required maxLength={200} />}
      <ErrorNotice error={action.error} />
      <div><button class="button is-primary" type="submit" disabled={action.busy}>{t('inspector.start')}</button></div>
    </form>
  );
}

function Running({ id }: { readonly id: string }): JSX.Element {
  const { api, openEvents } = useConsole();
  const inspection = useResource(id, (signal) => api.call(operations.getInspection, { path: { id }, signal }));
  const [list, setList] = useState<PduList>(noPdus);
  const [over, setOver] = useState(false);
  const [held, setHeld] = useState<PduList | null>(null);
  const [filter, setFilter] = useState<PduFilter>('all');
  const action = useAction();
  const { data, reload } = inspection;
  const ended = over || data?.endedAt !== undefined && data.endedAt !== null;
  const now = useSeconds(!ended);
  useEffect(() => watchInspection(openEvents, id, (pdu) => setList((before) => withPdu(before, pdu)), () => {
    setOver(true);
    reload();
  }), [id]);

  const view = held ?? list;
  const pdus = shownPdus(view.pdus, filter);
  const left = data === null ? null : Math.max(0, (Date.parse(data.endsAt) - now) / 1000);
  return (
    <div class="inspector">
      <p role="status">
        {ended ? `${data?.endedBy ? t(`inspector.ended.${data.endedBy}`) : t('inspector.ended')} ${t('inspector.ended.kept')}` : data?.revealed ? t('inspector.running.revealed') : t('inspector.running')}
      </p>
      <ErrorNotice error={inspection.error} />
      {!ended && left !== null && <p class="hint">{t('inspector.left', { time: formatSpan(left) })}</p>}
      <div class="filters" role="group" aria-label={t('inspector.title')}>
        <Select
          label={t('inspector.show')} value={filter} changed={(value) => setFilter(value as PduFilter)}
          choices={(['all', 'in', 'out', 'violated'] as const).map((value) => ({ value, label: t(`inspector.show.${value}`) }))}
        />
        {!ended && (
          <button class="button" type="button" aria-pressed={held !== null} onClick={() => setHeld(held === null ? list : null)}>{t('inspector.hold')}</button>
        )}
        <a class="button" href={addressOf(operations.downloadInspection, { id })} download>{t('inspector.download')}</a>
        {ended
          ? <button class="button" type="button" onClick={() => filterBy({ inspection: '' })}>{t('inspector.again')}</button>
          : (
            <button
              class="button is-danger" type="button" disabled={action.busy}
              onClick={() => void action.run(() => api.call(operations.endInspection, { path: { id } })).then((done) => done && reload())}
            >
              {t('inspector.stop')}
            </button>
          )}
      </div>
      <ErrorNotice error={action.error} />
      {view.dropped > 0 && <p class="hint">{t('inspector.dropped', { count: view.dropped })}</p>}
      {pdus.length === 0 ? <p class="nothing">{t('inspector.none')}</p> : <Pdus pdus={pdus} follow={held === null && !ended} />}
    </div>
  );
}

/** Newest at the end, and in view as long as nobody looks at an older one. */
function Pdus({ pdus, follow }: { readonly pdus: readonly InspectedPdu[]; readonly follow: boolean }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element && follow && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [pdus]);
  return (
    <div
      class="pdus" ref={box} role="region" aria-label={t('inspector.pdus')} tabIndex={0}
      onScroll={({ currentTarget: it }) => {
        atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
      }}
    >
      <ol>{pdus.map((pdu) => <li key={pdu.n}><Pdu pdu={pdu} /></li>)}</ol>
    </div>
  );
}

function Pdu({ pdu }: { readonly pdu: InspectedPdu }): JSX.Element {
  return (
    <article class={`pdu is-${pdu.direction}${pdu.violated ? ' is-violated' : ''}`} aria-label={t(`inspector.pdu.${pdu.direction}`, { n: pdu.n })}>
      <header>
        <span class="pdu-direction">{t(`inspector.pdu.${pdu.direction}`, { n: pdu.n })}</span>
        <time dateTime={pdu.at}>{formatClock(pdu.at)}</time>
        <code>{pdu.command}</code>
        <span class="hint">{t('inspector.bytes', { count: bytesIn(pdu.parts) })}, {pdu.state}</span>
      </header>
      {pdu.violated && (
        <p class="pdu-violated">
          {t('inspector.violated')} {pdu.violated.sentence} <strong>{pdu.violated.rule}</strong> ({pdu.violated.section})
        </p>
      )}
      <div class="pdu-body">
        <pre class="hex">
          {dumpOf(pdu.parts, pdu.fields).map((line) => (
            <span key={line.offset}>
              <span class="hex-offset">{offsetText(line.offset)}</span>
              <span class={colorOf(line.field)}>{line.hex ?? `[${unshown(line)}]`}</span>
              {'\n'}
            </span>
          ))}
        </pre>
        <table class="fields">
          <caption class="visually-hidden">{t('inspector.fields')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('inspector.field')}</th>
              <th scope="col">{t('inspector.place')}</th>
              <th scope="col">{t('inspector.value')}</th>
            </tr>
          </thead>
          <tbody>
            {pdu.fields.map((field, i) => (
              <tr key={i}>
                <th scope="row" class={colorOf(i)}>{field.name}</th>
                <td>{formatNumber(field.offset)} + {formatNumber(field.length)}</td>
                <td class="field-value">{field.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

const unshownTexts = { content: 'inspector.content', zeros: 'inspector.zeros', garbage: 'inspector.garbage', hidden: 'inspector.hiddenBytes' } as const satisfies Record<DumpLine['kind'], TextKey>;

const unshown = ({ kind, length }: DumpLine): string => t(unshownTexts[kind], { count: length });

const colorOf = (field: number | null): string => (field === null ? 'of-none' : `of-field-${field % fieldColors}`);
