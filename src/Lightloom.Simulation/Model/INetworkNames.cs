namespace Lightloom.Simulation.Model;

/// <summary>What people call the parts of a network: a design knows device, port and cable, a topology file only numbers.</summary>
public interface INetworkNames
{
    /// <summary>A host.</summary>
    string Host(int host);

    /// <summary>A switch.</summary>
    string Switch(int index);

    /// <summary>The ends of one direction of a link, with their ports where these are known, in the order in which data flows.</summary>
    (string From, string To) Ends(int link, bool upwards);

    /// <summary>The cable that carries a link; empty when not known.</summary>
    string Cable(int link);
}
