using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lightloom.Architecture.Tests;

/// <summary>
/// Reads from a built assembly which types each type refers to: bases, interfaces, constraints, attributes, members' signatures, locals
/// and instructions. Constants are copied by the compiler and so cannot be seen.
/// </summary>
internal static class TypeReferences
{
    /// <summary>Every pair of outermost types of one assembly of which the first refers to the second, once.</summary>
    public static IReadOnlySet<(TypeDefinition From, TypeDefinition To)> Of(ModuleDefinition module)
    {
        var found = new HashSet<(TypeDefinition, TypeDefinition)>();
        foreach (TypeDefinition type in module.GetTypes())
        {
            TypeDefinition from = Outermost(type);
            foreach (TypeReference reference in All(type).SelectMany(Parts))
            {
                if (reference.Scope == module && reference.Resolve() is { } to && Outermost(to) != from)
                {
                    found.Add((from, Outermost(to)));
                }
            }
        }
        return found;
    }

    /// <summary>The type itself, or the one around all others that it lies in.</summary>
    public static TypeDefinition Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }
        return type;
    }

    private static IEnumerable<TypeReference> All(TypeDefinition type) =>
        [
            .. type.BaseType is null ? Array.Empty<TypeReference>() : [type.BaseType],
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. Constraints(type),
            .. Attributes(type),
            .. type.Fields.SelectMany(f => Attributes(f).Prepend(f.FieldType)),
            .. type.Properties.SelectMany(p => Attributes(p).Prepend(p.PropertyType)),
            .. type.Events.Select(e => e.EventType),
            .. type.Methods.SelectMany(OfMethod),
        ];

    private static IEnumerable<TypeReference> OfMethod(MethodDefinition method)
    {
        IEnumerable<TypeReference> signature =
        [
            method.ReturnType,
            .. method.Parameters.SelectMany(p => Attributes(p).Prepend(p.ParameterType)),
            .. Constraints(method),
            .. Attributes(method),
        ];
        return method.HasBody
            ? [.. signature, .. method.Body.Variables.Select(v => v.VariableType), .. method.Body.Instructions.SelectMany(Operands)]
            : signature;
    }

    private static IEnumerable<TypeReference> Operands(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(p => p.ParameterType),
                .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
            ],
            _ => [],
        };

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(a =>
            a.ConstructorArguments.Select(c => c.Value).OfType<TypeReference>().Prepend(a.AttributeType)
        );

    // A generic, array, pointer or reference type is made of several.
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericParameter => [],
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            FunctionPointerType pointer => pointer.Parameters.SelectMany(p => Parts(p.ParameterType)).Concat(Parts(pointer.ReturnType)),
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };
}
