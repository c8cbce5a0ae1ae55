namespace Lightloom.Studies.Points;

/// <summary>An option that a command has.</summary>
/// <param name="Name">Its name with its dashes.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="WhyNot">Why a study cannot give it; null when it can.</param>
public sealed record CommandOption(string Name, OptionKind Kind, string? WhyNot = null);
