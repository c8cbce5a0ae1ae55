/** A refusal by the server, with its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly body: unknown,
  ) {
    super(message);
  }
}

export function address(path: string, query?: Record<string, unknown>): string {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(query ?? {})) if (v !== undefined && v !== null && v !== '') q.set(k, String(v));
  const text = q.toString();
  return `/api/${path}${text ? `?${text}` : ''}`;
}

export function headers(more: Record<string, string> = {}): Record<string, string> {
  return { 'X-Lightloom': '1', ...more };
}

async function refuse(r: Response): Promise<never> {
  const text = await r.text();
  let body: unknown = text;
  let message = text || `${r.status} ${r.statusText}`;
  try {
    body = JSON.parse(text);
    const b = body as Record<string, unknown>;
    message = String(b.error ?? b.detail ?? b.title ?? message);
    if (b.remedy) message += ` ${String(b.remedy)}`;
  } catch {
    // not JSON: the text is the message
  }
  throw new ApiError(r.status, message, body);
}

async function call<T>(method: string, path: string, query?: Record<string, unknown>, body?: unknown, signal?: AbortSignal): Promise<T> {
  const r = await fetch(address(path, query), {
    method,
    headers: headers(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  if (!r.ok) return refuse(r);
  const text = await r.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const api = {
  get: <T>(path: string, query?: Record<string, unknown>, signal?: AbortSignal) => call<T>('GET', path, query, undefined, signal),
  post: <T>(path: string, body: unknown = {}, query?: Record<string, unknown>, signal?: AbortSignal) => call<T>('POST', path, query, body, signal),
  put: <T>(path: string, body: unknown, query?: Record<string, unknown>) => call<T>('PUT', path, query, body),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, undefined, body),
  del: <T>(path: string) => call<T>('DELETE', path),
  async bytes(path: string, query?: Record<string, unknown>): Promise<ArrayBuffer> {
    const r = await fetch(address(path, query), { headers: headers() });
    return r.ok ? r.arrayBuffer() : refuse(r);
  },
};

/** What an event says: most say JSON, some only a name or nothing. */
function valueOf(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return text;
  }
}

/** Server-sent events; ends when the server closes the stream or the signal aborts. */
export async function events(path: string, signal: AbortSignal, on: (event: string, data: unknown) => void): Promise<void> {
  const r = await fetch(address(path), { headers: headers({ Accept: 'text/event-stream' }), signal });
  if (!r.ok || !r.body) return refuse(r);
  const reader = r.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      rest += value;
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const block = rest.slice(0, end);
        rest = rest.slice(end + 2);
        let event = 'message';
        const data: string[] = [];
        for (const line of block.split('\n')) {
          if (line.startsWith('event:')) event = line.slice(6).trim();
          else if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
        }
        const text = data.join('\n').trim();
        if (data.length) on(event, valueOf(text));
      }
    }
  } finally {
    // A browser has six connections to a server: one that nobody reads must not stay open.
    await reader.cancel().catch(() => undefined);
  }
}
