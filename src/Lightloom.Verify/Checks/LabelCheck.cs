using Lightloom.Verify.Outcome;
using Lightloom.Verify.Reading;

namespace Lightloom.Verify.Checks;

/// <summary>Every label is there once and names the end that it sticks on.</summary>
internal static class LabelCheck
{
    public static void Run(Scene scene) => Say(scene, scene.Folder.Cables.Labels, CableTable.File);

    public static void Say(Scene scene, LabelBook labels, string file)
    {
        scene.Found.Checked(Rules.LabelOnce, labels.Count);
        scene.Found.Checked(Rules.LabelPlace, labels.Count);
        foreach ((int first, int second, string label) in labels.Twice)
        {
            scene.Found.Add(Rules.LabelOnce, file, second, $"the label '{label}' is that of line {first} too");
        }

        foreach ((int line, string label, string expected) in labels.Astray)
        {
            scene.Found.Add(Rules.LabelPlace, file, line, $"the label '{label}' sticks on {expected}");
        }
    }
}
