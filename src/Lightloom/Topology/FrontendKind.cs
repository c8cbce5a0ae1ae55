namespace Lightloom.Topology;

/// <summary>How simple a frontend is to run; the simpler comes first.</summary>
internal enum FrontendKind
{
    /// <summary>One leaf model, or those that the file names, every cage on its own lanes.</summary>
    Plain,

    /// <summary>Leaves of several models that the file does not name.</summary>
    SeveralModels,

    /// <summary>Cages on the slower lanes of what they face.</summary>
    SlowerLanes,
}
