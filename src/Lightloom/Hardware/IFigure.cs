namespace Lightloom.Hardware;

/// <summary>A figure of any type, for those who list and show figures.</summary>
public interface IFigure
{
    /// <summary>The value.</summary>
    object? Boxed { get; }

    /// <summary>Where it comes from.</summary>
    Origin Origin { get; }
}
