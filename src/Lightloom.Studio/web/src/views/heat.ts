import { api } from '../api';

/** How busy the cables of a run were: share of the time, 0 to 1. */
export interface Heat {
  cables: number;
  unknown: number;
  edges: { role: string; from: string; to: string; cables: number; mean: number; max: number }[];
  racks: { rack: string; cables: number; mean: number; max: number }[];
}

export function heatOf(run: string, signal: AbortSignal): Promise<Heat> {
  return api.get<Heat>(`runs/${run}/heat`, {}, signal);
}
