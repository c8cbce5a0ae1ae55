using Lightloom.Routing;
using Lightloom.Topology;

namespace Lightloom.Channels;

/// <summary>The longest cable of the design, and what makes it long.</summary>
/// <param name="LinkClass">Its link class.</param>
/// <param name="Link">Its link in the class.</param>
/// <param name="Route">Where its metres go.</param>
/// <param name="Cause">A sentence: the largest part and why it is there.</param>
public sealed record LongestCable(LinkClass LinkClass, int Link, RouteBreakdown Route, string Cause);
