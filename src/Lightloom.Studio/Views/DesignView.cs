using Lightloom.Design;

namespace Lightloom.Studio.Views;

/// <summary>A design with what questions about it need more than once; each part is made when it is first asked for.</summary>
/// <remarks>Safe to use from several threads. It lives as long as its design.</remarks>
internal sealed class DesignView
{
    /// <summary>Looks at a design.</summary>
    public DesignView(ClusterDesign design)
    {
        Design = design;
        Figures = DesignFigures.Of(design);
    }

    /// <summary>The design.</summary>
    public ClusterDesign Design { get; }

    /// <summary>What is always to be seen.</summary>
    public DesignFigures Figures { get; }
}
