import { useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { mediumColour } from '../draw/media';
import { exportPageSvg } from '../draw/painter';
import { count, fixed, metres, percent, short, usd, words } from '../format';
import { go, href, route } from '../router';
import { designKey } from '../store';
import type { CandidateInterconnect, CableDetail, CableRow, Piece, PieceEnd } from '../types';
import { Facts, Heads, Menu, Refusal, useAnswer } from '../ui/parts';
import { colours } from '../ui/theme';

/** A cable's pieces from socket to socket, in their order; not to scale, lengths are written. */
function endText(e: PieceEnd | undefined): string {
  return e ? [e.device, e.port, e.socket ? `socket ${e.socket + 1}` : '', e.rear ? 'rear' : ''].filter(Boolean).join(' ') : '';
}

function Channel({ pieces, cable }: { pieces: Piece[]; cable: CableRow }) {
  const box = useRef<HTMLDivElement>(null);
  const paths = new Map<string, Piece[]>();
  for (const p of pieces) {
    const key = `${p.leg}.${p.path}`;
    paths.set(key, [...(paths.get(key) ?? []), p]);
  }
  const lines = [...paths.values()].map((l) => l.sort((a, b) => a.seq - b.seq));
  const first = lines[0] ?? [];
  const ROW = 46;
  const height = first.length * ROW + 56;
  const colour = `var(--${mediumColour(cable.medium)})`;
  const isPoint = (p: Piece) => !p.length_m;
  return (
    <div class="channel" ref={box}>
      <svg viewBox={`0 0 320 ${height}`} role="img" aria-label={`From ${cable.a} ${cable.a_port} to ${cable.z} ${cable.z_port}: ${first.map((p) => `${words(p.kind)} ${p.part ?? ''}`).join(', ')}`}>
        <rect x="4" y="4" width="312" height="22" rx="4" fill="var(--accent-soft)" stroke="var(--accent)" />
        <text x="12" y="19">
          {cable.a} {cable.a_port}
        </text>
        <text x="308" y="19" text-anchor="end" class="minor">
          {cable.a_rack}
        </text>
        {first.map((p, i) => {
          const y = 26 + i * ROW;
          return (
            <g key={i}>
              {isPoint(p) ? (
                <>
                  <line x1="20" y1={y} x2="20" y2={y + ROW} stroke={colour} stroke-width="3" />
                  <rect x="11" y={y + ROW / 2 - 9} width="18" height="18" rx="3" fill="var(--surface)" stroke="var(--text)" stroke-width="1.5" />
                </>
              ) : (
                <>
                  <line x1="20" y1={y} x2="20" y2={y + ROW} stroke={colour} stroke-width="5" />
                  <line x1="13" y1={y + 2} x2="27" y2={y + 2} stroke="var(--text)" stroke-width="1.5" />
                  <line x1="13" y1={y + ROW - 2} x2="27" y2={y + ROW - 2} stroke="var(--text)" stroke-width="1.5" />
                </>
              )}
              <text x="40" y={y + 19}>
                {words(p.kind)}{p.fibres ? `, ${p.fibres} fibres` : ''}{p.polarity ? `, polarity ${p.polarity}` : ''} {p.length_m ? `· ${metres(p.length_m)}${p.order_length_m && p.order_length_m !== p.length_m ? ` (order ${metres(p.order_length_m)})` : ''}` : ''}
              </text>
              <text x="40" y={y + 33} class="minor">
                {[p.order_code ?? p.part ?? '', p.loss_db ? `${fixed(p.loss_db, 2)} dB` : ''].filter(Boolean).join(' · ').slice(0, 50)}
              </text>
              <title>{`${endText(p.a)} to ${endText(p.z)}`}</title>
              {p.a?.panel && i > 0 && (
                <g>
                  <rect x="8" y={y - 7} width="24" height="14" rx="2" fill="var(--surface)" stroke="var(--text)" />
                  <text x="40" y={y + 4} class="minor">
                    {endText(p.a).slice(0, 44)}
                  </text>
                </g>
              )}
            </g>
          );
        })}
        <rect x="4" y={height - 28} width="312" height="22" rx="4" fill="var(--accent-soft)" stroke="var(--accent)" />
        <text x="12" y={height - 13}>
          {cable.z} {cable.z_port}
        </text>
        <text x="308" y={height - 13} text-anchor="end" class="minor">
          {cable.z_rack}
        </text>
      </svg>
      {lines.length > 1 && <p class="small muted">{lines.length} such paths, one for each leg or pair of connectors.</p>}
      <Menu
        text="Export"
        items={(['svg', 'png'] as const).map((k) => ({
          text: k.toUpperCase(),
          run: () => {
            const svg = box.current?.querySelector('svg');
            if (svg) exportPageSvg(svg, `channel-${cable.id}`, k, colours().surface);
          },
        }))}
      />
    </div>
  );
}

const rank = (v: string) => (v === 'chosen' ? 0 : v === 'feasible' ? 1 : 2);

/** Why a link is not of copper, by the copper product with the fewest reasons against it. */
function whyNotCopper(d: CableDetail): string {
  if (!d.why?.candidates) return '';
  const against = (k: CandidateInterconnect) => (Array.isArray(k.reasons) ? k.reasons : k.reasons ? [k.reasons] : []);
  const of = d.why.candidates.filter((k) => k.medium === 'copper').sort((a, b) => against(a).length - against(b).length || (b.reach_m ?? 0) - (a.reach_m ?? 0));
  if (!of.length) return 'the catalogue has no copper for these sockets.';
  return `${of[0].id} comes closest; ${against(of[0]).join('; ') || words(of[0].verdict)}.`;
}

export function CablePanel({ id }: { id: string }) {
  const [all, setAll] = useState(false);
  const found = useAnswer((s) => api.get<CableDetail>(`cables/${encodeURIComponent(id)}`, {}, s), [id, designKey.value]);
  if (found.error) return <Refusal error={found.error} />;
  const d = found.value;
  if (!d) return <section class="muted">Loading…</section>;
  const c = d.cable;
  const why = d.why;
  const chosen = (v: string) => v === 'chosen';
  const copper = /copper/.test(c.medium) ? '' : whyNotCopper(d);
  return (
    <>
      <section>
        <div class="row">
          <h2>{c.id}</h2>
          <span class="chip">
            <i class="dot" style={{ background: `var(--${mediumColour(c.medium)})` }} />
            {c.medium}
          </span>
        </div>
        <Facts
          of={[
            ['From', <><a href={href('fabric', ['device', c.a])}>{c.a}</a> {c.a_port}, rack <a href={href('floor', ['rack', c.a_rack])}>{c.a_rack}</a></>],
            ['To', <><a href={href('fabric', ['device', c.z])}>{c.z}</a> {c.z_port}, rack <a href={href('floor', ['rack', c.z_rack])}>{c.z_rack}</a></>],
            ['Network', `${c.role}, plane ${c.plane}, ${c.tier}, ${c.rate_gbps}G`],
            ['Product', <a href={href('cables', [], { product: c.product })}>{c.product}</a>],
            ['Length', `${fixed(c.length_m, 3)} m${c.order_length_m ? `, ordered as ${c.order_length_m} m` : ''}`],
            ['Loss', c.loss_db === undefined ? undefined : `${fixed(c.loss_db, 2)} dB`],
            ['Bundle', c.bundle],
            ['Way', d.route?.route],
          ]}
        />
        <p class="row" style={{ marginTop: '8px' }}>
          <a class="button" href={href('floor', ['rack', c.a_rack], { cable: c.id })}>
            Show on the floor
          </a>
          <a class="button" href={href('fabric', ['path'], { from: c.a, to: c.z, role: c.role })}>
            Trace the path
          </a>
          <button onClick={() => go('cables', [], route.value.query, true)}>Close</button>
        </p>
      </section>
      <section>
        <h2>Why this product</h2>
        {why?.reasons && (
          <ul class="reasons">
            {why.reasons.map((r, i) => (
              <li key={i}>{r}</li>
            ))}
          </ul>
        )}
        {copper && (
          <p style={{ marginBottom: '4px' }}>
            <b>Why not copper:</b> {copper}
          </p>
        )}
        {why?.reach_m !== undefined && (
          <p class="muted small">
            Reach {metres(why.reach_m)}
            {why.rated_reach_m ? ` of ${metres(why.rated_reach_m)} rated` : ''}
            {why.reach_used !== undefined ? `; the longest of its ${count(why.links)} links uses ${percent(why.reach_used)} of it` : ''}
          </p>
        )}
        {why?.candidates && (
          <div class="wrap">
            <table class="plain">
              <caption class="sr">Candidates, and why each was rejected</caption>
              <Heads of={['Candidate', { right: 'Cost' }, { right: 'Power' }]} />
              <tbody>
                {[...why.candidates].sort((a, b) => rank(a.verdict) - rank(b.verdict)).slice(0, all ? undefined : 6).map((k) => {
                  const reasons = Array.isArray(k.reasons) ? k.reasons : k.reasons ? [k.reasons] : [];
                  return (
                    <tr key={k.id} aria-selected={chosen(k.verdict)}>
                      <td>
                        <b>{k.id}</b> <span class={chosen(k.verdict) ? 'good' : 'muted'}>{words(k.verdict)}</span>
                        {reasons.length > 0 && <div class="small muted">{reasons.join('; ')}</div>}
                      </td>
                      <td class="r">{usd(k.usd)}</td>
                      <td class="r">{k.power_w === undefined ? '–' : `${short(k.power_w)} W`}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
        {why?.candidates && why.candidates.length > 6 && (
          <button onClick={() => setAll(!all)}>{all ? 'Only the first' : `All ${why.candidates.length} candidates, with why each was rejected`}</button>
        )}
        {why?.second_sources && why.second_sources.length > 0 && <p class="small muted">Second sources: {why.second_sources.join(', ')}</p>}
      </section>
      {d.channel && d.channel.length > 0 && (
        <section>
          <h2>From socket to socket</h2>
          <Channel pieces={d.channel} cable={c} />
        </section>
      )}
      {d.labels && (
        <section>
          <h2>Labels</h2>
          {d.labels.map((l) => (
            <p key={l.leg} class="mono small">
              {l.a}
              <br />
              {l.z}
            </p>
          ))}
        </section>
      )}
    </>
  );
}
