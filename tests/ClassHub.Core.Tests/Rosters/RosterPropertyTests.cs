using System.Text;
using ClassHub.People;
using ClassHub.Rosters;
using CsCheck;

namespace ClassHub.Tests.Rosters;

public sealed class RosterPropertyTests
{
    private static readonly Gen<string> Word = Gen.OneOf(Gen.Const("UPN"), Gen.Const("Forename"), Gen.Const("Surname"), Gen.Const("Class"), Gen.Const(","), Gen.Const("\""), Gen.Const("\r"), Gen.Const("\n"), Gen.Const(";"), Gen.Const("\t"), Gen.String[0, 6]);
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(Gen.Byte.Array[0, 300],
        Word.Array[0, 60].Select(w => Encoding.UTF8.GetBytes("UPN,Forename,Surname,Class\n" + string.Concat(w))),
        Gen.Select(Word.Array[0, 60], Gen.Byte.Array[0, 6]).Select((w, b) => (byte[])[.. Encoding.Unicode.GetBytes(string.Concat(w)), .. b]));

    [Fact]
    public void Any_bytes_are_a_roster_or_a_sentence() => Bytes.Sample(bytes =>
    {
        try
        {
            var content = OfficeSheet.Read("file", bytes);
            ComparesRoster.Plan(content, Nobody());
            foreach (var person in content.People) _ = new Person(person.Role, person.Forename, person.Surname, default, person.Key, person.YearGroup);
        }
        catch (RuleBroken) { }
    }, iter: 1_000);

    [Fact]
    public void Any_zip_is_a_roster_or_a_sentence() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try { OneRosterFiles.InZip(new MemoryStream([.. "PK\u0003\u0004"u8, .. bytes])); }
        catch (RuleBroken) { }
    }, iter: 500);

    private static readonly Gen<string> Cell = Gen.String[Gen.Char["abcXYZ ëéñß,;\t\"\n'-"], 1, 12];

    [Fact]
    public void Names_survive_every_separator_and_encoding() => Gen.Select(Gen.Select(Cell, Cell).Array[1, 6], Gen.Char[",;\t"], Gen.Int[0, 3]).Sample((names, separator, encoding) =>
    {
        string Quoted(string cell) => '"' + cell.Replace("\"", "\"\"") + '"';
        var sheet = string.Join("\r\n", names.Select((n, i) => $"{i}{separator}{Quoted("A" + n.Item1)}{separator}{Quoted("B" + n.Item2)}").Prepend(string.Join(separator, "Adno", "Forename", "Surname")));
        byte[] bytes = encoding switch
        {
            0 => Encoding.UTF8.GetBytes(sheet),
            1 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(sheet)],
            2 => [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(sheet)],
            _ => Encoding.Latin1.GetBytes(sheet),
        };
        var read = OfficeSheet.Read("file", bytes);
        Assert.Equal(names.Select(n => (PlainText.Line("A" + n.Item1, 60), PlainText.Line("B" + n.Item2, 60))), read.People.Select(p => (p.Forename, p.Surname)));
    }, iter: 300);

    private static readonly Gen<string> Sheet = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[4, 6]).Array[1, 6].Select(rows =>
        "Adno,Forename,Surname,Year,Class\n" + string.Concat(rows.DistinctBy(r => r.Item1).Select(r => $"{r.Item1},Name{(char)('A' + r.Item2)},Fox,{r.Item4},{r.Item3} Elm\n")));

    [Fact]
    public Task Applying_twice_changes_nothing_more_and_undo_gives_the_school_back() =>
        Sheet.Array[1, 3].SampleAsync(async sheets =>
        {
            await using var school = await TestSchool.OpenAsync(Engine.Sqlite);
            var office = new RosterOffice(school);
            var looks = new Stack<(int Id, string Look)>();
            foreach (var sheet in sheets)
            {
                var look = await office.LookAsync();
                var id = await office.TakeAsync(sheet);
                var plan = await office.PlanAsync(id);
                if (plan.Changes.Count == 0) continue;
                await office.ApplyAsync(id, new RosterTicks(new HashSet<string>(), AllRemovals: true, Typed: plan.Changes.Count(c => c.IsRemoval)));
                looks.Push((id, look));
                Assert.Empty((await office.PlanAsync(sheet)).Changes);
                school.Clock.Advance(TimeSpan.FromSeconds(1));
            }
            foreach (var (id, look) in looks)
            {
                Assert.Empty(await office.UndoAsync(id));
                Assert.Equal(look, await office.LookAsync());
            }
        }, iter: 5, threads: 1);

    private static SchoolNow Nobody() => new()
    {
        People = [],
        Classes = [],
        Seats = Array.Empty<KnownSeat>().ToLookup(s => s.ClassId),
        ById = new Dictionary<int, KnownPerson>(),
        ByKey = new Dictionary<string, KnownPerson>(),
    };
}
