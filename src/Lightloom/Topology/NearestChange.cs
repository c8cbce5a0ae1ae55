using Lightloom.Spec;

namespace Lightloom.Topology;

/// <summary>A change of a network's section that makes it buildable.</summary>
/// <param name="Words">What it is and what comes of it: <c>it works with backend.planes: 2</c>.</param>
/// <param name="Keys">The keys alone, as a file writes them.</param>
/// <param name="Changed">The section as it would be.</param>
/// <param name="IsDesign">True where the file with it is a design; false where something beyond this network still stands in the way.</param>
internal sealed record NearestChange(string Words, string Keys, FabricSpec Changed, bool IsDesign);
