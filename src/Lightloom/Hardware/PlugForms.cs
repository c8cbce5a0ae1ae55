namespace Lightloom.Hardware;

/// <summary>Which forms of plug go into a cage.</summary>
/// <remarks>A set of <see cref="FormFactor"/> as bits, so that cages of one kind compare equal.</remarks>
public readonly record struct PlugForms
{
    private readonly uint _forms;

    private PlugForms(uint forms) => _forms = forms;

    /// <summary>True when nothing is said.</summary>
    public bool IsEmpty => _forms == 0;

    /// <summary>The forms of a list.</summary>
    public static PlugForms Of(IEnumerable<FormFactor> forms) => new(forms.Aggregate(0u, (all, form) => all | Bit(form)));

    /// <summary>
    /// What the agreements on a form allow: each QSFP takes the older ones of its size, QSFP-DD all of them, SFP likewise; OSFP is of a size
    /// of its own. SFF-8679, QSFP-DD MSA, OSFP MSA.
    /// </summary>
    public static PlugForms ByAgreement(FormFactor cage) =>
        Of(
            cage switch
            {
                FormFactor.Osfp224 => [FormFactor.Osfp224, FormFactor.Osfp],
                FormFactor.QsfpDd800 =>
                [
                    FormFactor.QsfpDd800,
                    FormFactor.QsfpDd,
                    FormFactor.Qsfp112,
                    FormFactor.Qsfp56,
                    FormFactor.Qsfp28,
                    FormFactor.QsfpPlus,
                ],
                FormFactor.QsfpDd => [FormFactor.QsfpDd, FormFactor.Qsfp56, FormFactor.Qsfp28, FormFactor.QsfpPlus],
                FormFactor.Qsfp112 => [FormFactor.Qsfp112, FormFactor.Qsfp56, FormFactor.Qsfp28, FormFactor.QsfpPlus],
                FormFactor.Qsfp56 => [FormFactor.Qsfp56, FormFactor.Qsfp28, FormFactor.QsfpPlus],
                FormFactor.Qsfp28 => [FormFactor.Qsfp28, FormFactor.QsfpPlus],
                FormFactor.Sfp112 => [FormFactor.Sfp112, FormFactor.Sfp56, FormFactor.Sfp28, FormFactor.SfpPlus, FormFactor.Sfp],
                FormFactor.Sfp56 => [FormFactor.Sfp56, FormFactor.Sfp28, FormFactor.SfpPlus, FormFactor.Sfp],
                FormFactor.Sfp28 => [FormFactor.Sfp28, FormFactor.SfpPlus, FormFactor.Sfp],
                FormFactor.SfpPlus => [FormFactor.SfpPlus, FormFactor.Sfp],
                FormFactor.Unknown or FormFactor.CoPackagedMpo12 or FormFactor.CoPackagedMmc12 => (FormFactor[])[],
                _ => [cage],
            }
        );

    /// <summary>True when plugs of the form go in.</summary>
    public bool Contains(FormFactor form) => (_forms & Bit(form)) != 0;

    /// <summary>The forms in the order of <see cref="FormFactor"/>: of one size, the newest first.</summary>
    public IEnumerable<FormFactor> NewestFirst()
    {
        for (int form = 0; form < 32; form++)
        {
            if ((_forms & (1u << form)) != 0)
            {
                yield return (FormFactor)form;
            }
        }
    }

    private static uint Bit(FormFactor form) => 1u << (int)form;
}
