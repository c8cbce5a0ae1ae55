namespace Lightloom.Simulation; internal static class Placeholder { }
