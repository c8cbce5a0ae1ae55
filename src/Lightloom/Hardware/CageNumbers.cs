using System.Globalization;
using Lightloom.Yaml;

namespace Lightloom.Hardware;

/// <summary>Some of the cages of a block: the odd ones, the even ones, or those of a list. Immutable.</summary>
[KeyNode("odd, even or a list of cage numbers")]
public sealed class CageNumbers
{
    private readonly int? _parity;
    private readonly int[] _numbers;

    private CageNumbers(int? parity, int[] numbers) => (_parity, _numbers) = (parity, numbers);

    /// <summary>Cages of odd numbers.</summary>
    public static CageNumbers Odd { get; } = new(1, []);

    /// <summary>Cages of even numbers.</summary>
    public static CageNumbers Even { get; } = new(0, []);

    /// <summary>Reads <c>odd</c>, <c>even</c> or a list of whole numbers, each once.</summary>
    public static bool TryRead(YamlNode node, out CageNumbers? numbers)
    {
        numbers = node switch
        {
            YamlScalar { Text: "odd" } => Odd,
            YamlScalar { Text: "even" } => Even,
            YamlList list => OfList(list),
            _ => null,
        };
        return numbers is not null;
    }

    /// <summary>True when the cage of that number is among them.</summary>
    public bool Contains(int number) => _parity is { } parity ? number % 2 == parity : Array.IndexOf(_numbers, number) >= 0;

    /// <summary><c>odd cages</c>, or the numbers.</summary>
    public override string ToString() =>
        _parity switch
        {
            1 => "odd cages",
            0 => "even cages",
            _ => "cages " + string.Join(", ", _numbers.Order()),
        };

    private static CageNumbers? OfList(YamlList list)
    {
        int[] numbers = new int[list.Items.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (
                list.Items[i] is not YamlScalar { IsQuoted: false } scalar
                || !int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])
                || Array.IndexOf(numbers, numbers[i]) < i
            )
            {
                return null;
            }
        }

        return new(null, numbers);
    }
}
