using ClassHub.Database;
using Mono.Cecil;
using NetArchTest.Rules;

namespace ClassHub.Tests.Rules;

/// <summary>The nouns stand in one order and lean only on those before them. Database is the hall onto which all rooms open.</summary>
public sealed class NounOrderTests
{
    private static readonly string[] Order = ["School", "Audit", "People", "Media", "Classes", "Notifications", "Posts", "Tasks", "Submissions", "Marking"];
    /// <summary>These read across all nouns, and not one another's insides.</summary>
    private static readonly string[] Across = ["Joining", "Rosters", "Calendars", "Planning", "Today", "Guardians", "Messages", "Search", "Demo", "Backups"];
    private static readonly System.Reflection.Assembly Core = typeof(ClassHubDb).Assembly;

    [Fact]
    public void Every_folder_of_the_core_has_its_place_in_the_order() =>
        Assert.Empty(Core.GetTypes().Select(t => NounOf(t.Namespace)).Where(n => n is not ("" or "Database")).Distinct().Except([.. Order, .. Across]));

    [Fact]
    public void Nouns_lean_only_on_those_before_them()
    {
        using var module = ModuleDefinition.ReadModule(Core.Location);

        var wrong = from type in module.GetTypes()
                    let room = NounOf(Outermost(type).Namespace)
                    where room != "Database"
                    from used in UsedBy(type)
                    let to = NounOf(used)
                    where Place(to) > Place(room)
                    select $"{type.FullName} leans on {to}";

        Assert.Empty(wrong.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_core_knows_nothing_of_the_web()
    {
        var result = Types.InAssembly(Core).ShouldNot().HaveDependencyOnAny("ClassHub.Web", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Razor", "Microsoft.AspNetCore.Builder", "Hangfire").GetResult();

        Assert.True(result.IsSuccessful, string.Join("\n", result.FailingTypeNames ?? []));
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => a.Name is "classhub" or "Microsoft.AspNetCore.Mvc" or "Microsoft.AspNetCore.Http.Abstractions");
    }

    [Fact]
    public void Only_the_hall_knows_which_engine_it_is()
    {
        var result = Types.InAssembly(Core).That().DoNotResideInNamespace("ClassHub.Database").ShouldNot()
            .HaveDependencyOnAny("Microsoft.Data.Sqlite", "Npgsql", "ClassHub.Database.SqliteDb", "ClassHub.Database.PostgresDb").GetResult();

        Assert.True(result.IsSuccessful, string.Join("\n", result.FailingTypeNames ?? []));
    }

    /// <summary>"Posts" of ClassHub.Posts; nothing for the basics, which stand before all.</summary>
    private static string NounOf(string? space) => space?.Split('.') is ["ClassHub", var noun, ..] ? noun : "";

    private static int Place(string noun) => noun is "" or "Database" ? -1 : Across.Contains(noun) ? Order.Length : Array.IndexOf(Order, noun);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<string> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> direct = [type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. type.Fields.Select(f => f.FieldType), .. type.Properties.Select(p => p.PropertyType)];
        var called = type.Methods.SelectMany(m => (IEnumerable<TypeReference?>)
        [
            m.ReturnType, .. m.Parameters.Select(p => p.ParameterType), .. m.HasBody ? m.Body.Variables.Select(v => v.VariableType) : [],
            .. m.HasBody ? m.Body.Instructions.SelectMany(i => Named(i.Operand)) : [],
        ]);
        return direct.Concat(called).OfType<TypeReference>().SelectMany(Parts).Select(SpaceOf);
    }

    private static IEnumerable<TypeReference?> Named(object? operand) => operand switch
    {
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        TypeReference type => [type],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type is GenericInstanceType generic ? generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType) : [type.GetElementType()];

    private static string SpaceOf(TypeReference type) => type.DeclaringType is { } outer ? SpaceOf(outer) : type.Namespace;
}
