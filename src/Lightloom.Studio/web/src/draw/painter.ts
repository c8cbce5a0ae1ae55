/** How a shape is painted; colours are those of the style sheet. */
export interface Ink {
  fill?: string;
  stroke?: string;
  width?: number;
  dash?: number[];
  opacity?: number;
  radius?: number;
}

export interface Writing {
  size: number;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  turn?: number;
}

/** The few shapes that our pictures are made of, on a canvas or in an SVG file: the picture exported is the picture seen. */
export interface Painter {
  rect(x: number, y: number, w: number, h: number, ink: Ink): void;
  line(points: readonly (readonly [number, number])[], ink: Ink): void;
  circle(x: number, y: number, r: number, ink: Ink): void;
  text(x: number, y: number, text: string, writing: Writing): void;
}

export class CanvasPainter implements Painter {
  constructor(private readonly c: CanvasRenderingContext2D) {}

  private finish(ink: Ink): void {
    const c = this.c;
    c.globalAlpha = ink.opacity ?? 1;
    if (ink.fill) {
      c.fillStyle = ink.fill;
      c.fill();
    }
    if (ink.stroke) {
      c.strokeStyle = ink.stroke;
      c.lineWidth = ink.width ?? 1;
      c.setLineDash(ink.dash ?? []);
      c.stroke();
    }
    c.globalAlpha = 1;
  }

  rect(x: number, y: number, w: number, h: number, ink: Ink): void {
    const c = this.c;
    if (!ink.radius && !ink.stroke && ink.fill) {
      c.globalAlpha = ink.opacity ?? 1;
      c.fillStyle = ink.fill;
      c.fillRect(x, y, w, h);
      c.globalAlpha = 1;
      return;
    }
    c.beginPath();
    if (ink.radius) c.roundRect(x, y, w, h, ink.radius);
    else c.rect(x, y, w, h);
    this.finish(ink);
  }

  line(points: readonly (readonly [number, number])[], ink: Ink): void {
    const c = this.c;
    c.beginPath();
    c.lineJoin = 'round';
    points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
    this.finish(ink);
  }

  circle(x: number, y: number, r: number, ink: Ink): void {
    this.c.beginPath();
    this.c.arc(x, y, r, 0, 7);
    this.finish(ink);
  }

  text(x: number, y: number, text: string, w: Writing): void {
    const c = this.c;
    c.font = `${w.bold ? '600 ' : ''}${w.size}px system-ui, "DejaVu Sans", Arial, sans-serif`;
    c.fillStyle = w.fill;
    c.textAlign = w.anchor === 'middle' ? 'center' : (w.anchor ?? 'start');
    c.textBaseline = 'alphabetic';
    if (w.turn) {
      c.save();
      c.translate(x, y);
      c.rotate((w.turn * Math.PI) / 180);
      c.fillText(text, 0, 0);
      c.restore();
    } else c.fillText(text, x, y);
  }
}

const escaped = (s: string) => s.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
const r = (n: number) => String(Math.round(n * 100) / 100);

export class SvgPainter implements Painter {
  private readonly parts: string[] = [];

  private ink(i: Ink): string {
    return `fill="${i.fill ?? 'none'}"${i.stroke ? ` stroke="${i.stroke}" stroke-width="${r(i.width ?? 1)}"` : ''}${i.dash ? ` stroke-dasharray="${i.dash.join(' ')}"` : ''}${i.opacity !== undefined ? ` opacity="${r(i.opacity)}"` : ''}`;
  }

  rect(x: number, y: number, w: number, h: number, ink: Ink): void {
    this.parts.push(`<rect x="${r(x)}" y="${r(y)}" width="${r(w)}" height="${r(h)}"${ink.radius ? ` rx="${r(ink.radius)}"` : ''} ${this.ink(ink)}/>`);
  }

  line(points: readonly (readonly [number, number])[], ink: Ink): void {
    this.parts.push(`<polyline points="${points.map(([x, y]) => `${r(x)},${r(y)}`).join(' ')}" stroke-linejoin="round" ${this.ink(ink)}/>`);
  }

  circle(x: number, y: number, radius: number, ink: Ink): void {
    this.parts.push(`<circle cx="${r(x)}" cy="${r(y)}" r="${r(radius)}" ${this.ink(ink)}/>`);
  }

  text(x: number, y: number, text: string, w: Writing): void {
    this.parts.push(
      `<text x="${r(x)}" y="${r(y)}" font-size="${r(w.size)}" fill="${w.fill}"${w.bold ? ' font-weight="600"' : ''}${w.anchor && w.anchor !== 'start' ? ` text-anchor="${w.anchor}"` : ''}${w.turn ? ` transform="rotate(${w.turn} ${r(x)} ${r(y)})"` : ''}>${escaped(text)}</text>`,
    );
  }

  file(width: number, height: number, title: string, background: string): string {
    return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${r(width)} ${r(height)}" width="${r(width)}" height="${r(height)}" font-family="system-ui, DejaVu Sans, Arial, sans-serif"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="${background}"/>\n${this.parts.join('\n')}\n</svg>\n`;
  }
}

export function download(blob: Blob, name: string): void {
  const a = document.createElement('a');
  a.href = URL.createObjectURL(blob);
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}

export interface Picture {
  name: string;
  title: string;
  width: number;
  height: number;
  background: string;
  paint: (p: Painter) => void;
}

export function exportSvg(picture: Picture): void {
  const p = new SvgPainter();
  picture.paint(p);
  download(new Blob([p.file(picture.width, picture.height, picture.title, picture.background)], { type: 'image/svg+xml' }), `${picture.name}.svg`);
}

export function exportPng(picture: Picture): void {
  const canvas = document.createElement('canvas');
  const scale = Math.min(2, 8192 / Math.max(picture.width, picture.height));
  canvas.width = Math.ceil(picture.width * scale);
  canvas.height = Math.ceil(picture.height * scale);
  const c = canvas.getContext('2d')!;
  c.scale(scale, scale);
  c.fillStyle = picture.background;
  c.fillRect(0, 0, picture.width, picture.height);
  picture.paint(new CanvasPainter(c));
  canvas.toBlob((b) => b && download(b, `${picture.name}.png`), 'image/png');
}

/** An SVG that stands in the page, as a file of its own: colours and fonts are written into it. */
export function svgText(svg: SVGSVGElement, background: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll('*')];
  const to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((e, i) => {
    const style = getComputedStyle(e);
    for (const name of ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'opacity', 'fill-opacity']) {
      const v = style.getPropertyValue(name);
      if (v) to[i].setAttribute(name, v);
    }
    to[i].removeAttribute('class');
    to[i].removeAttribute('style');
  });
  const box = svg.viewBox.baseVal;
  const [w, h] = box.width ? [box.width, box.height] : [svg.clientWidth, svg.clientHeight];
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(w));
  copy.setAttribute('height', String(h));
  const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  back.setAttribute('x', String(box.x));
  back.setAttribute('y', String(box.y));
  back.setAttribute('width', String(w));
  back.setAttribute('height', String(h));
  back.setAttribute('fill', background);
  copy.prepend(back);
  return new XMLSerializer().serializeToString(copy);
}

export function exportPageSvg(svg: SVGSVGElement, name: string, kind: 'svg' | 'png', background: string): void {
  const text = svgText(svg, background);
  const blob = new Blob([text], { type: 'image/svg+xml' });
  if (kind === 'svg') {
    download(blob, `${name}.svg`);
    return;
  }
  const image = new Image();
  const url = URL.createObjectURL(blob);
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    const c = canvas.getContext('2d')!;
    c.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((b) => b && download(b, `${name}.png`), 'image/png');
    URL.revokeObjectURL(url);
  };
  image.src = url;
}
