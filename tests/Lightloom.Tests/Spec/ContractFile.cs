namespace Lightloom.Tests.Spec;

/// <summary>The file that the format's contract shows, word for word where a word matters.</summary>
internal static class ContractFile
{
    public const string Text = """
        lightloom: 1                       # format version
        name: hopper-1k
        pools:                             # XPU nodes; pools of several vendors may be mixed
          - name: train
            node: dgx-h100                 # id in the catalogue, or in `catalog:` below
            nodes: 127                     # or xpus: 1016 (rounded up to whole nodes, with a note)
        services:                          # CPU-side nodes, on the frontend only
          - {name: storage, node: storage-2x200, nodes: 16}
        backend:                           # XPU to XPU
          paradigm: endpoint-scheduled     # endpoint-scheduled | switch-scheduled | auto
          switch: nvidia-qm9700            # every tier; or leaf: / spine: / super_spine: one by one
          planes: 1                        # 1..16 | auto
          plane_layout: nic-split
          tiers: auto                      # 1 | 2 | 3 | auto; 2 always builds a spine, auto drops it when one leaf serves all
          rail_optimized: true             # NIC i of every node of a unit on the same leaf
          scalable_unit_nodes: 32          # the fabric is built for whole units, the last may be part empty
          oversubscription: {leaf: 1.0, spine: 1.0}     # downlink capacity / uplink capacity of a fully used switch
          load_balancing: oblivious        # the names of `simulate --load-balancing`
          transport: nscc                  # the names of `simulate --transport`
        frontend:                          # CPU, storage, management, users
          switch: celestica-ds5000
          homing: dual                     # single | dual: a node's ports on one leaf, or on two (one port only: single, with a note)
          tiers: auto
          oversubscription: {leaf: 3.0}
        floor: {}                          # sites, buildings, halls, rows, racks, aisles, trays; all defaulted, see `lightloom init full`
        interconnect:
          objective: cost                  # cost | power | latency
          fibre: {multimode: om4, singlemode: os2}
          reach_derating: 0.9
          exclude: []                      # kinds or ids
        objectives:
          minimize: capex                  # capex | power | latency
          limits: {capex_usd: 5.0e8, network_power_kw: 4000}
        workload: {}                       # model, parallelism, collectives: used by simulate, train, explore
        prices: {nvidia-sn5600: 48000}     # a price book: overrides and additions, USD each
        catalog:
          nodes:
            my-node: {xpus: 8, backend: {nics: 8, rate_gbps: 400}, frontend: {nics: 2, rate_gbps: 200}, power_w: 10200, rack_units: 8}
          switches:
            my-leaf: {cages: 64, rate_gbps: 800, breakouts: [1x800, 2x400, 4x200, 8x100], rack_units: 2, power_w: 1700}

        """;
}
