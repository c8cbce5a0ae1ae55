using Lightloom.Simulation.Model;

namespace Lightloom.Simulation.Transport;

/// <summary>A transport that runs on the machinery of <see cref="Uet{TBalancer,TScope}"/>: it says what it is and how it is set.</summary>
internal interface IUetTransport
{
    /// <summary>Its word, help and traits.</summary>
    static abstract TransportDescription Description { get; }

    /// <summary>How the machinery is set for it.</summary>
    static abstract UetProfile Profile { get; }
}
