namespace Lightloom.Traces.Simai;
/// <summary>x</summary>
public static class SimaiTopology { internal static bool IsHeader(string line) => false; }
