using System.Text;
using ClassHub.Classes;
using ClassHub.Rosters;

namespace ClassHub.Tests.Rosters;

public sealed class ReadingSheetsTests
{
    private static RosterContent Read(string text) => Read(Encoding.UTF8.GetBytes(text));
    private static RosterContent Read(byte[] bytes) => OfficeSheet.Read("pupils.csv", bytes);

    [Theory]
    [InlineData("UPN,Legal Forename,Legal Surname,Year,Reg\nA1,Zoë,Nuñez,5,5 Maple")]
    [InlineData("reg group;NC_YEAR;surname;FORENAME;Admission Number\r\n5 Maple;05;Nuñez;Zoë;A1\r\n")]
    [InlineData("Year Group\tAdno\tGiven Name\tFamily Name\tClass Name\tSEN\rYear 5\tA1\tZoë\tNuñez\t5 Maple\tK\r")]
    [InlineData("Harbour Lane\n\n\"Last Name\",\"First Name\",\"Unique Pupil Number\",\"Tutor Group\",\"Year\"\n\"Nuñez\",\"Zoë\",\"A1\",\"5 Maple\",\"Y5\"")]
    public void Columns_are_found_by_the_names_that_school_systems_give_them(string sheet)
    {
        var content = Read(sheet);

        Assert.Empty(content.BadLines);
        var pupil = Assert.Single(content.People);
        Assert.Equal(("A1", "Zoë", "Nuñez", "Year 5"), (pupil.Key, pupil.Forename, pupil.Surname, pupil.YearGroup));
        Assert.Equal("5 Maple", Assert.Single(content.Classes).Name);
        Assert.Equal(("A1", "sheet:5 Maple"), (content.Seats[0].PersonKey, content.Seats[0].ClassKey));
    }

    [Fact]
    public void What_a_child_is_called_goes_before_the_name_in_the_passport()
    {
        var content = Read("UPN,Legal Forename,Preferred Forename,Surname\nA1,Elizabeth,Betty,Fox\nA2,Thomas,,Fox");

        Assert.Equal(["Betty", "Thomas"], content.People.Select(p => p.Forename));
    }

    [Fact]
    public void A_pupil_without_a_UPN_goes_by_the_admission_number()
    {
        var content = Read("UPN,Adno,Forename,Surname\na1,7,Ann,Fox\n,8,Bob,Fox");

        Assert.Equal([("A1", "7"), ("8", null)], content.People.Select(p => (p.Key, p.OtherKey)));
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        const string sheet = "UPN;Forename;Surname\r\nA1;Zoë;Müller\nA2;\"Ann\nMarie\";O'Brien\rA3;Bob;Fox";
        return new()
        {
            { "UTF-8", Encoding.UTF8.GetBytes(sheet) },
            { "UTF-8 with its mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(sheet)] },
            { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(sheet)] },
            { "UTF-16, the other way round", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(sheet)] },
            { "UTF-16 without its mark", Encoding.Unicode.GetBytes(sheet) },
            { "Windows-1252", Encoding.Latin1.GetBytes(sheet) },
        };
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Any_encoding_of_a_school_office_and_any_line_ends_read_alike(string encoding, byte[] bytes)
    {
        var content = Read(bytes);

        Assert.True(content.BadLines.Count == 0, encoding);
        Assert.Equal(["Zoë Müller", "Ann Marie O'Brien", "Bob Fox"], content.People.Select(p => p.Name));
        Assert.Equal([2, 3, 5], content.People.Select(p => p.Line));
    }

    [Fact]
    public void Bad_lines_are_listed_with_number_and_reason_and_the_good_ones_stay()
    {
        var content = Read("UPN,Forename,Surname,Year\nA1,Ann,Fox,5\n"
            + ",Bob,Fox,5\nA3,,,5\nA4,-,.,5\n\nA1,Anna,Fox,5\nA7,E\"d,Fox,5\nA8,Flo,Fox,5,6\nA9,Gus,Fox,5");

        Assert.Equal(["Ann", "Gus"], content.People.Select(p => p.Forename));
        Assert.Equal([3, 4, 5, 7, 8, 9], content.BadLines.Select(b => b.Number));
        Assert.Equal("has no id", content.BadLines[0].Reason);
        Assert.Contains("like line 2", content.BadLines[3].Reason);
    }

    public static TheoryData<string, byte[]> NoText() => new()
    {
        { "a NUL", "\0"u8.ToArray() },
        { "an overlong slash", [0xC0, 0xAF] },
        { "half of a pair", [0xED, 0xA0, 0x80] },
    };

    [Theory, MemberData(nameof(NoText))]
    public void A_line_with_bytes_that_are_no_text_is_bad(string what, byte[] bytes)
    {
        var content = Read([.. "UPN,Forename,Surname\nA1,Zoë,Fox\nA2,B"u8, .. bytes, .. "b,Fox\nA3,Cy,Fox\n"u8]);

        Assert.True(content.BadLines is [{ Number: 3 }], what);
        Assert.Equal(["Zoë", "Cy"], content.People.Select(p => p.Forename));
    }

    [Fact]
    public void The_same_pupil_may_stand_in_two_classes()
    {
        var content = Read("UPN,Forename,Surname,Class\nA1,Ann,Fox,5 Maple Maths\nA1,Ann,Fox,Choir");

        Assert.Empty(content.BadLines);
        Assert.Single(content.People);
        Assert.Equal([("5 Maple", Subject.Maths), ("Choir", null)], content.Classes.Select(c => (c.Name, c.Subject)));
        Assert.Equal(2, content.Seats.Count);
    }

    [Fact]
    public void What_is_too_big_or_no_roster_is_refused_with_a_sentence()
    {
        Assert.Throws<RuleBroken>(() => Read("Dear parents,\nthe trip is on Friday.\n"));
        Assert.Throws<RuleBroken>(() => Read("UPN,Forename,Surname\n"));
        Assert.Throws<RuleBroken>(() => Read(new string(',', 10_000)));
        Assert.Throws<RuleBroken>(() => Read("UPN,Forename,Surname\nA1,\"" + new string('x', 5_000_000)));
        Assert.Throws<RuleBroken>(() => Read("UPN,Forename,Surname\n" + string.Concat(Enumerable.Range(0, 50_001).Select(i => $"{i},A,B\n"))));
    }
}
