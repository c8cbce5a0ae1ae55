/** The answers of the Studio's HTTP API, as docs/studio-api.md describes them. */

export type Severity = 'error' | 'warning' | 'note';

export interface Diagnostic {
  id: string;
  severity: Severity;
  message: string;
  remedy?: string;
  where?: string;
  line?: number;
  column?: number;
  end_line?: number;
  end_column?: number;
}

export interface Figures {
  name: string;
  xpus: number;
  nodes: number;
  switches: number;
  cables: number;
  links: number;
  racks: number;
  capex_usd?: number;
  usd_per_xpu?: number;
  estimate_usd?: number;
  estimate_usd_per_xpu?: number;
  network_power_w?: number;
  watts_per_xpu?: number;
  it_power_w?: number;
  longest_cable_m?: number;
  oversubscription?: number;
  unpriced_lines?: number;
  worst?: Diagnostic;
  errors: number;
  warnings: number;
  notes: number;
}

/** What moving a rack changed. */
export interface Moved {
  rack: string;
  cables: number;
  shorter: number;
  longer: number;
  metres: number;
  usd: number;
  longest_m: [number, number];
  products: { id: string; name: string; category: string; a: number; b: number; a_usd?: number; b_usd?: number }[];
}

export interface State {
  revision: number;
  version: number;
  phase: 'empty' | 'designing' | 'ready' | 'failed';
  stage?: string;
  share?: number;
  ms?: number;
  xpus?: number;
  estimate_bytes?: number;
  figures?: Figures;
  diagnostics?: Diagnostic[];
  can_undo: boolean;
  can_redo: boolean;
  moved?: Moved;
  /** Of an answer to a change, the text as it is now. */
  text?: string;
}

export interface ProjectInfo {
  name: string;
  file: string;
  folder: string;
  version: string;
  is_empty: boolean;
  state: State;
}

export interface SizedOption {
  paradigm: string;
  planes: number;
  plane_layout?: string;
  tiers: number;
  leaf?: string;
  spine?: string;
  switches?: number;
  max_xpus?: number;
  feasible: boolean;
  chosen?: boolean;
  usd?: number;
  power_w?: number;
  reason?: string;
}

export interface Check {
  diagnostics: Diagnostic[];
  xpus?: number;
  feasibility?: SizedOption[];
  ms?: number;
}

export interface TierInfo {
  tier: string;
  switch: string;
  count: number;
  down_ports?: number;
  down_rate_gbps?: number;
  /** Ports for hosts of other rates that share the switch. */
  also_down?: { ports: number; rate_gbps: number }[];
  up_ports?: number;
  up_rate_gbps?: number;
  free_ports?: number;
  oversubscription?: number;
}

export interface FabricInfo {
  role: string;
  topology?: string;
  paradigm?: string;
  protocol?: string;
  planes: number;
  plane_layout?: string;
  tiers: TierInfo[];
  links: { from: string; to: string; count: number; cables: number; rate_gbps: number }[];
  max_xpus?: number;
  bisection_gbps?: number;
  hops?: { shortest: number; typical: number; longest: number };
  path_diversity?: number;
  latency_us?: { shortest: number; typical: number; longest: number; assumed?: boolean };
  reasons?: string[];
}

export interface FabricNode {
  id: string;
  kind: string;
  tier: string;
  label: string;
  plane?: number;
  pod?: number;
  model: string;
  model_name?: string;
  count: number;
  first: string;
  last: string;
  free_ports?: number;
  rails?: { rails: number[]; count: number; names: string[] }[];
}

export interface FabricEdge {
  from: string;
  to: string;
  rate_gbps: number;
  links: number;
  cables: number;
  length_min_m?: number;
  length_max_m?: number;
  media?: { medium: string; cables: number }[];
  rails?: { rail: number; links: number }[];
}

export interface FabricPicture {
  role: string;
  nodes: FabricNode[];
  edges: FabricEdge[];
}

export interface DeviceRow {
  index: number;
  name: string;
  group?: string;
  kind: 'node' | 'service' | 'switch' | 'outside';
  model: string;
  model_name?: string;
  tier?: string;
  role?: string;
  plane?: number;
  pod?: number;
  rack?: string;
  unit?: number;
  links?: number;
}

export interface Leg {
  leg: number;
  name?: string;
  peer?: string;
  peer_port?: string;
  cable?: string;
  rate_gbps?: number;
  rail?: number;
}

export interface Cage {
  role: string;
  cage: number;
  name: string;
  form?: string;
  rate_gbps?: number;
  lanes?: number;
  purpose?: string;
  state: 'used' | 'free' | 'blocked';
  breakout?: string;
  blocked_by?: string;
  tray?: string;
  allowed?: string[] | string;
  block?: { row: number; column: number };
  legs: Leg[];
}

export interface Device {
  device: DeviceRow;
  cages: Cage[];
  used: number;
  free: number;
  blocked: number;
  power_w?: number;
  weight_kg?: number;
}

export interface Page<T> {
  total: number;
  offset: number;
  rows: T[];
}

export interface PathAnswer {
  role?: string;
  hops: { device: string; tier?: string; model?: string; rack?: string; in_port?: string; out_port?: string; latency_ns?: number }[];
  links: { cable?: string; from: string; to: string; length_m: number; medium?: string; rate_gbps?: number; latency_ns?: number }[];
  length_m: number;
  latency_ns?: number;
  switches: number;
  paths?: number;
}

export interface WhatIf {
  role?: string;
  failed: { name: string; kind: string; links: number }[];
  hosts: number;
  hosts_affected: number;
  hosts_cut_off: number;
  worst_share: number;
  mean_share?: number;
  links_lost?: number;
  groups: { group: string; hosts: number; affected: number; cut_off: number; worst_share: number }[];
  rows: { name: string; rack?: string; ports: number; ports_left: number; share: number }[];
}

/** A hall; its corner in the region's metres, what is in it from its corner. */
export interface Hall {
  name: string;
  letter: string;
  building: string;
  site: string;
  x_m: number;
  y_m: number;
  width_m: number;
  depth_m: number;
  rows: { row: number; tray_y_m: number; y0_m: number; y1_m: number; ports_face_down?: boolean }[];
  racks_per_row: number;
  rack_pitch_m: number;
  rack_depth_m: number;
  first_rack_x_m: number;
  crossings_x_m?: number[];
  power_limit_w?: number;
  power_w?: number;
  racks?: number;
}

export interface Floor {
  halls: Hall[];
  racks: number;
  uses: string[];
  tray_fill_limit?: number;
  longest?: { cable: string; length_m: number; route: string; cause?: string };
}

export interface RackItem {
  name: string;
  kind: string;
  tier?: string;
  role?: string;
  model?: string;
  device?: string;
  unit: number;
  units: number;
  power_w?: number;
  ports?: 'rear' | 'front';
}

export interface Rack {
  name: string;
  hall: string;
  row: number;
  position: number;
  use: string;
  units: number;
  used_units: number;
  power_w: number;
  power_limit_w?: number;
  cables?: number;
  items: RackItem[];
  longest_m?: number;
  panels?: { name: string; part?: string; unit: number; units: number; ports?: number; used_ports?: number }[];
  next?: string;
  previous?: string;
}

export interface CableRow {
  n: number;
  id: string;
  role: string;
  plane: number;
  tier: string;
  a: string;
  a_port: string;
  a_rack: string;
  z: string;
  z_port: string;
  z_rack: string;
  legs?: number;
  rate_gbps: number;
  product: string;
  kind: string;
  medium: string;
  length_m: number;
  order_length_m: number;
  loss_db?: number;
  bundle?: number;
}

export interface PieceEnd {
  device?: string;
  port?: string;
  socket?: number;
  panel?: boolean;
  rear?: boolean;
}

export interface Piece {
  leg: number;
  path: number;
  seq: number;
  piece?: string;
  kind: string;
  part?: string;
  order_code?: string;
  length_m?: number;
  order_length_m?: number;
  fibres?: number;
  polarity?: string;
  loss_db?: number;
  a?: PieceEnd;
  z?: PieceEnd;
}

export interface CandidateInterconnect {
  id: string;
  name?: string;
  medium?: string;
  verdict: string;
  reach_m?: number;
  order_length_m?: number;
  usd?: number;
  power_w?: number;
  latency_ns?: number;
  loss_db?: number;
  reasons?: string[] | string;
}

export interface CableDetail {
  cable: CableRow;
  labels?: { leg: number; a: string; z: string; length_m?: number; rail?: number }[];
  why?: {
    reasons?: string[];
    reach_m?: number;
    rated_reach_m?: number;
    reach_used?: number;
    shortest_m?: number;
    longest_m?: number;
    links?: number;
    second_sources?: string[];
    candidates?: CandidateInterconnect[];
  };
  channel?: Piece[];
  route?: CableRoute;
}

export interface CableSummary {
  total: number;
  length_m: number;
  longest_m?: number;
  by_medium: { name: string; count: number; length_m: number }[];
  by_product: { name: string; count: number; length_m?: number }[];
  lengths: { from_m: number; to_m: number; copper: number; fibre: number }[];
}

export interface CableRoute {
  id: string;
  points: [number, number, number][];
  length_m: number;
  route: string;
  parts: { name: string; length_m: number }[];
}

export interface BillLine {
  category: string;
  id: string;
  part?: string;
  name: string;
  quantity: number;
  unit_usd?: number;
  total_usd?: number;
  unit_w?: number;
  total_w?: number;
  weight_kg?: number;
  price_date?: string;
  source?: string;
  assumed?: string;
  spare?: boolean | number;
  stock?: boolean | number;
}

export interface Bill {
  figures: Figures;
  network_power_max_w?: number;
  capex_assumed_usd?: number;
  capex_spares_usd?: number;
  estimate_basis?: string;
  weight_kg?: number;
  lines: BillLine[];
  failures?: { name: string; population: number; annual_rate?: number; per_year: number; basis?: string; assumed?: boolean }[];
  spares_rule?: string;
  counts?: Record<string, number>;
}

export interface Run {
  id: string;
  kind: string;
  title?: string;
  /** What followed the command and its file on the command line. */
  arguments: string[];
  attempts?: number;
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  created: string;
  started?: string;
  ended?: string;
  share?: number;
  text?: string;
  error?: string;
  version?: number;
  figures?: Record<string, unknown>;
  result?: unknown;
}

export interface Version {
  n: number;
  at: string;
  reason: string;
  parent?: number;
  current?: boolean;
  figures?: Figures;
}

export interface VersionDiff {
  a: number;
  b: number;
  figures: { name: string; a?: number | string; b?: number | string }[];
  bill: { id: string; name: string; category?: string; a?: number; b?: number; a_usd?: number; b_usd?: number }[];
  lines: { op: ' ' | '-' | '+'; a?: number; b?: number; text: string }[];
}

export interface Found {
  kind: 'device' | 'cable' | 'rack' | 'bill' | 'diagnostic';
  name: string;
  detail?: string;
}
