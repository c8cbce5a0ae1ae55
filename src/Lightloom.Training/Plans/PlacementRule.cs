namespace Lightloom.Training.Plans;

/// <summary>In which order ranks are dealt to XPUs.</summary>
public enum PlacementRule
{
    /// <summary>
    /// Tensor-parallel ranks side by side, then context, data, pipeline: groups of one kind stay on one rail and as near as they can. Where
    /// XPUs are left over, a domain gives no more than makes whole groups.
    /// </summary>
    RailAligned,

    /// <summary>Tensor-parallel ranks side by side, then context, pipeline, data: a replica's stages are neighbours.</summary>
    PipelineInner,

    /// <summary>As rail-aligned on nodes that are dealt round over all leaves: a scheduler that does not look at the network.</summary>
    Scattered,
}
