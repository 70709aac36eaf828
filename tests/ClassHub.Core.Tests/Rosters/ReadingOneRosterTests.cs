using System.Text;
using ClassHub.Classes;
using ClassHub.People;
using ClassHub.Rosters;

namespace ClassHub.Tests.Rosters;

public sealed class ReadingOneRosterTests
{
    private const string Users = "sourcedId,status,enabledUser,role,username,givenName,familyName,email,grades,password,metadata.title\n";
    private const string Classes = "sourcedId,status,title,termSourcedIds,subjects\nc1,,5 Maple Maths,,Mathematics\nc2,tobedeleted,Old,,\nc3,,Choir,past,Music\n";
    private const string Seats = "classSourcedId,userSourcedId,role,primary,beginDate,endDate,status\n";
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static RosterContent Read(params (string Name, string Text)[] files) =>
        new OneRoster(files.ToDictionary(f => f.Name, f => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Text)), Today).Read();

    [Fact]
    public void People_classes_and_seats_are_read_and_what_is_private_is_not()
    {
        var content = Read(("users.csv", Users + "p1,,true,student,ahassan@school.example,Amira,Hassan,a@b.c,05,secret,\nt1,,true,teacher,okafor,Daniel,Okafor,d@e.f,,x,Mr\no1,,true,administrator,hart,Lena,Hart,,,,\ng1,,true,guardian,,Ali,Hassan,,,,\n"),
            ("classes.csv", Classes), ("academicSessions.csv", "sourcedId,endDate\npast,2026-08-31\n"),
            ("enrollments.csv", Seats + "c1,t1,teacher,true,,,\nc1,p1,student,,2026-09-01,2027-07-20,\nc1,o1,aide,,,,\nc2,p1,student,,,,\nc3,p1,student,,,,\nc1,g1,student,,,,\n"));

        Assert.Empty(content.BadLines);
        Assert.Equal([("Amira", Role.Pupil, "Year 5", "ahassan", null, false), ("Daniel", Role.Staff, null, "okafor", "Mr", false), ("Lena", Role.Staff, null, "hart", null, true)],
            content.People.Select(p => (p.Forename, p.Role, p.YearGroup, p.UserName, p.Title, p.IsOffice)));
        Assert.Equal(("5 Maple", Subject.Maths), content.Classes.Select(c => (c.Name, c.Subject)).Single());
        Assert.Equal([("t1", true, true), ("p1", false, false), ("o1", true, false)], content.Seats.Select(s => (s.PersonKey, s.IsTeacher, s.IsFirst)));
        var kept = System.Text.Json.JsonSerializer.Serialize(content);
        Assert.DoesNotContain("secret", kept);
        Assert.DoesNotContain("@", kept);
    }

    [Fact]
    public void Enrolments_that_are_over_or_not_begun_and_deleted_users_are_passed_by()
    {
        var content = Read(("users.csv", Users + "p1,,true,student,,Ann,Fox,,,,\np2,tobedeleted,true,student,,Bob,Fox,,,,\np3,,false,student,,Cy,Fox,,,,\n"), ("classes.csv", Classes),
            ("enrollments.csv", Seats + "c1,p1,student,,2026-11-24,,\nc1,p1,student,,,2026-11-23,\nc1,p2,student,,,,\nc1,p3,student,,,,\nc1,p1,student,,,,tobedeleted\n"));

        Assert.Empty(content.BadLines);
        Assert.Equal("Ann", Assert.Single(content.People).Forename);
        Assert.Empty(content.Seats);
    }

    [Fact]
    public void An_enrolment_without_its_class_or_person_is_a_bad_line()
    {
        var content = Read(("users.csv", Users + "p1,,true,student,,Ann,Fox,,,,\nx1,,true,wizard,,Bob,Fox,,,,\n"), ("classes.csv", Classes),
            ("enrollments.csv", Seats + "c9,p1,student,,,,\nc1,p9,student,,,,\nc1,p1,teacher,,,,\nc1,p1,student,,31/02/2026,,\n"));

        Assert.Equal([("enrollments.csv", 2), ("enrollments.csv", 3), ("enrollments.csv", 4), ("enrollments.csv", 5), ("users.csv", 3)], content.BadLines.Select(b => (b.File, b.Number)));
    }

    [Fact]
    public void Only_a_full_export_is_taken_and_absent_files_are_not_read()
    {
        const string people = Users + "p1,,true,student,,Ann,Fox,,,,\n";
        Assert.Throws<RuleBroken>(() => Read(("users.csv", people), ("manifest.csv", "propertyName,value\nfile.users,delta\n")));
        Assert.Throws<RuleBroken>(() => Read(("users.csv", people), ("manifest.csv", "propertyName,value\nfile.users,absent\n")));

        var content = Read(("users.csv", people), ("classes.csv", Classes), ("manifest.csv", "propertyName,value\nfile.classes,absent\nfile.lineItems,delta\n"));
        Assert.Empty(content.Classes);
        Assert.False(content.NamesSeats);
    }

    [Fact]
    public void The_demo_school_reads_without_a_bad_line()
    {
        var folder = Repository.PathOf("src/ClassHub.Web/demo/roster");
        var content = new OneRoster(OneRosterFiles.Names.ToDictionary(n => n, n => (ReadOnlyMemory<byte>)File.ReadAllBytes(Path.Combine(folder, "oneroster", n))), Today).Read();
        var sheet = OfficeSheet.Read("office-sheet.csv", File.ReadAllBytes(Path.Combine(folder, "office-sheet.csv")));

        Assert.Empty(content.BadLines);
        Assert.Empty(sheet.BadLines);
        Assert.Equal(8, content.Classes.Count);
        Assert.Equal(28, sheet.People.Count);
        Assert.Equal("amira", content.People.Single(p => p.Name == "Amira Hassan").UserName);
        Assert.Equal(["5 Maple", "5 Maple", "5 Maple", "5 Oak", "6 Rowan", "6 Rowan", "6 Birch", "Choir"], content.Classes.Select(c => c.Name));
    }
}
