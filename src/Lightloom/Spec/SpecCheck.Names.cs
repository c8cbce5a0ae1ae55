using Lightloom.Diagnostics;
using Lightloom.Yaml;

namespace Lightloom.Spec;

internal sealed partial class SpecCheck
{
    private void CheckNames()
    {
        NamesSpec names = spec.Names;
        CheckFields(names.Rack, NamesSpec.RackFields, "names.rack");
        CheckFields(names.Switch, NamesSpec.SwitchFields, "names.switch");
        CheckFields(names.Node, NamesSpec.NodeFields, "names.node");
        CheckFields(names.Tray, NamesSpec.TrayFields, "names.tray");
        CheckFields(names.Panel, NamesSpec.PanelFields, "names.panel");
        CheckFields(names.Cable, NamesSpec.CableFields, "names.cable");
        if (names.Cable is { } cable && cable.Fields.Count(f => f == "n") != 1)
        {
            Error(
                SpecProblem.UnknownField,
                $"'{Excerpt.Of(cable.Text)}' does not tell cables apart; give the field {{n}} once, as in C{{n:06}}",
                "names.cable",
                spec.MarkOf("names.cable")
            );
        }

        foreach (string id in names.SwitchPortsOf.Keys.Where(id => !Catalogue.Switches.ContainsKey(id)))
        {
            Error(
                SpecProblem.UnknownSwitch,
                $"no switch is called '{Excerpt.Of(id)}'{Suggest(id, Catalogue.Switches.Keys, "; `lightloom catalog list switches` names them")}",
                "names.switch_ports_of." + Excerpt.Of(id),
                spec.MarkOf("names.switch_ports_of")
            );
        }
    }

    private void CheckFields(NamePattern? pattern, string[] fields, string key)
    {
        if (pattern?.Fields.FirstOrDefault(f => !fields.Contains(f)) is { } unknown)
        {
            Error(
                SpecProblem.UnknownField,
                $"'{Excerpt.Of(unknown)}' is no field of this name{Suggest(unknown, fields, $"; fields are {string.Join(", ", fields)}")}",
                key,
                spec.MarkOf(key)
            );
        }
    }
}
