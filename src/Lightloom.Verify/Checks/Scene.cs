using Lightloom.Verify.Facts;
using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>What every check is given: the folder as read, the catalogue's facts about it, and where to say what is wrong.</summary>
internal sealed record Scene(Folder Folder, HardwareFacts Facts, CableGroups Groups, Findings Found)
{
    public ReadOnlySpan<CableRow> Rows => Folder.Cables.Rows;

    public DesignDocument Design => Folder.Design;

    public string Word(int word) => Folder.Names.Words[word];

    public string Device(int device) => Folder.Names.Devices[device];

    public string CableId(int cable) => cable < 0 ? "a link without a cable" : Folder.Cables.Cables[cable];

    /// <summary><c>be-leaf-001 E1/7</c>.</summary>
    public string Cage(int cage)
    {
        CageKey key = Folder.Cables.Cages[cage];
        return $"{Device(key.Device)} {Folder.Names.Ports[key.Port]}";
    }
}
