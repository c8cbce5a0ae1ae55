#pragma warning disable // Shapes to read, not code to run.
namespace Lightloom.Architecture.Tests.Samples;

internal interface InInterface<T>;

internal sealed class InGeneric;

internal sealed class InField;

internal struct InPointer;

internal sealed class InParameter;

internal sealed class InLocal;

internal interface InConstraint;

internal static class InBody
{
    public static object? Make() => null;
}

internal unsafe class Referrer : InInterface<InGeneric>
{
    private InField[]? _field;

    public void Method<T>(InParameter parameter, InPointer* pointer)
        where T : InConstraint
    {
        Action local = () =>
        {
            object made = InBody.Make()!;
            var kept = (InLocal)made;
            GC.KeepAlive(kept);
        };
        local();
    }
}
