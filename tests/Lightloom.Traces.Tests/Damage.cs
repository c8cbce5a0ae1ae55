using System.Text;
using Lightloom.Diagnostics;

namespace Lightloom.Traces.Tests;

/// <summary>Truncates and changes texts at random.</summary>
internal static class Damage
{
    private const int Tries = 2000;

    /// <summary>Reads many damaged copies: each is taken, or refused with an error at a place.</summary>
    public static void Each(string whole, Func<string, DiagnosticBag, bool> read)
    {
        Random random = new(whole.Length);
        int refused = 0;
        for (int i = 0; i < Tries; i++)
        {
            DiagnosticBag said = new();
            bool taken = read(Encoding.UTF8.GetString(Damaged(Encoding.UTF8.GetBytes(whole), random)), said);
            taken.ShouldBe(!said.HasErrors);
            refused += taken ? 0 : 1;
            foreach (Diagnostic one in said)
            {
                one.ToString().ShouldMatch(@"^[^\n]+:\d+:\d+: (error|warning) LL\d{4}: [^\n]+$");
            }
        }

        refused.ShouldBeGreaterThan(Tries / 8);
    }

    /// <summary>A copy that was cut off, or changed in up to three places.</summary>
    public static byte[] Damaged(byte[] whole, Random random)
    {
        byte[] bytes = (byte[])whole.Clone();
        if (random.Next(3) == 0)
        {
            bytes = bytes[..random.Next(bytes.Length)];
        }

        for (int hits = random.Next(4); hits > 0 && bytes.Length > 0; hits--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 9))..]];
                    break;
                default:
                    bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                    break;
            }
        }

        return bytes;
    }
}
