using Lightloom.Hardware;

namespace Lightloom.Topology;

/// <summary>A sized frontend.</summary>
/// <param name="Plane">Its one plane.</param>
/// <param name="Switches">Its switches.</param>
/// <param name="Protocol">What its ports speak.</param>
/// <param name="Dual">True when nodes with two ports end on both leaves of a pair.</param>
/// <param name="Feasible">How many switches of the catalogue could have been taken.</param>
internal sealed record FrontendPlan(PlanePlan Plane, TierSwitches Switches, Protocol Protocol, bool Dual, int Feasible);
