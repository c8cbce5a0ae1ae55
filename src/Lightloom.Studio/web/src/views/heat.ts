import { api } from '../api';

/** How busy the links of a run were: share of the time, 0 to 1. */
export interface Heat {
  links: number;
  unknown: number;
  edges: { role: string; from: string; to: string; links: number; mean: number; max: number }[];
  racks: { rack: string; links: number; mean: number; max: number }[];
}

export function heatOf(run: string, signal: AbortSignal): Promise<Heat> {
  return api.get<Heat>(`runs/${run}/heat`, {}, signal);
}
