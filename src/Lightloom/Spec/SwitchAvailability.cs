namespace Lightloom.Spec;

/// <summary>Which switches Lightloom takes first where the file leaves the model open.</summary>
public enum SwitchAvailability
{
    /// <summary>Those that are sold; one that is only announced where nothing else serves.</summary>
    [Word("shipping")]
    Shipping,

    /// <summary>Sold or announced alike.</summary>
    [Word("announced")]
    Announced,
}
