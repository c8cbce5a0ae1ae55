namespace Lightloom; internal static class Placeholder { }
