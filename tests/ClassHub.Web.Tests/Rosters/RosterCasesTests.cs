using System.Text;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Rosters;

/// <summary>Sheets as school offices really send them, through the form they send them with.</summary>
public sealed class RosterCasesTests
{
    private static async Task<(Visitor Office, Answer Preview)> UploadAsync(TestSite site, byte[] sheet, string name = "pupils.csv")
    {
        var office = await site.SignedInAsync("Hart");
        var form = new MultipartFormDataContent { { new StringContent(await office.TokenAsync()), "_form" } };
        form.Add(new ByteArrayContent(sheet), "Files", name);
        var answer = await office.SendAsync(new(HttpMethod.Post, "/admin/roster") { Content = form });
        return (office, answer.Location is { } preview ? await office.GetAsync(preview) : answer);
    }

    private static Task<(Visitor Office, Answer Preview)> UploadAsync(TestSite site, string sheet) => UploadAsync(site, Encoding.UTF8.GetBytes(sheet));

    /// <summary>Presses the button of the form that is shown, as it is filled in, with these ticks.</summary>
    private static async Task<Answer> ApplyAsync(Visitor office, Answer preview, params (string, string)[] ticks)
    {
        var form = preview.Page.QuerySelector("input[name=Hash]")!.Closest("form")!;
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
        var address = $"/admin/roster/{preview.Response.RequestMessage!.RequestUri!.Segments[^1]}";
        var answer = await office.PostAsync(address, [.. hidden, ("Return", "true"), .. ticks]);
        return answer.Location is { } next ? await office.GetAsync(next) : answer;
    }

    private static Task<Dictionary<string, (string Forename, string Surname, string UserName)>> PeopleAsync(TestSite site) => site.WithDbAsync(async db =>
        (await db.Users.Where(a => a.Person.SchoolKey != null).Select(a => new { a.Person.SchoolKey, a.Person.Forename, a.Person.Surname, a.UserName })
            .ToListAsync())
            .ToDictionary(p => p.SchoolKey!, p => (p.Forename, p.Surname, p.UserName!)));

    [Fact]
    public async Task Who_has_one_name_comes_in_with_it_and_is_shown_with_it()
    {
        const string sheet = "UPN,Forename,Surname,Year,Reg\nY70001,Soekarno,,5,5 Fir\nY70002,Cher,-,5,5 Fir\nY70003,Agus,.,5,5 Fir\nY70004,,Rani,5,5 Fir\n";
        await using var site = await TestSite.OpenAsync();
        var (office, preview) = await UploadAsync(site, sheet);
        Assert.DoesNotContain("cannot be used", preview.Main);

        await ApplyAsync(office, preview);

        var people = await PeopleAsync(site);
        Assert.Equal([("Soekarno", ""), ("Cher", ""), ("Agus", ""), ("Rani", "")], people.OrderBy(p => p.Key).Select(p => (p.Value.Forename, p.Value.Surname)));
        Assert.Equal(["soekarno", "cher", "agus", "rani"], people.OrderBy(p => p.Key).Select(p => p.Value.UserName));
        var list = await office.GetAsync("/admin/people");
        Assert.Equal(["Agus", "Cher", "Rani", "Soekarno"], list.Page.QuerySelectorAll("th[scope=row] a").Select(a => a.TextContent)
            .Where(n => people.Values.Any(p => p.Forename == n)));
        Assert.DoesNotContain("Agus .", list.Body, StringComparison.Ordinal);
        // The same file again changes nothing.
        Assert.Contains("Nothing would change", (await UploadAsync(site, sheet)).Preview.Main);
    }

    [Theory]
    [InlineData("\uFEFFsep=;\r\nAdmission number;Forename;Surname;Year;Reg\r\n=\"000451\";Chloë;Ångman;5;5 Fir\r\n=\"000452\";Jørn;Ødeby;5;5 Fir\r\n")]
    [InlineData("Admission number,Forename,Surname,Year,Reg\r\n\"=\"\"000451\"\"\",Chloë,Ångman,5,5 Fir\r\n\"=\"\"000452\"\"\",Jørn,\"Ødeby\",5,5 Fir\r\n")]
    public async Task Ids_that_a_spreadsheet_was_made_to_keep_as_text_are_read_with_their_zeros(string sheet)
    {
        await using var site = await TestSite.OpenAsync();
        var (office, preview) = await UploadAsync(site, sheet);
        Assert.DoesNotContain("cannot be used", preview.Main);

        await ApplyAsync(office, preview);

        Assert.Equal(["000451", "000452"], (await PeopleAsync(site)).Keys.Order());
    }

    [Fact]
    public async Task Ids_that_differ_in_capitals_only_are_asked_about_before_anything_is_written()
    {
        await using var site = await TestSite.OpenAsync();
        var (office, preview) = await UploadAsync(site, "Adno,Forename,Surname,Year,Reg\nqx77,Ida,Moss,5,5 Fir\nQX77,Olaf,Reed,5,5 Fir\n");
        Assert.Contains("Ida Moss (qx77, line 2) and Olaf Reed (QX77, line 3)", preview.Main);

        Assert.Contains("Nothing was changed", (await ApplyAsync(office, preview)).Main);
        Assert.Empty(await PeopleAsync(site));
        await ApplyAsync(office, preview, ("Answered", "true"));

        Assert.Equal(["QX77", "qx77"], (await PeopleAsync(site)).Keys.Order(StringComparer.Ordinal));
        // The school's system writes them in capitals from now on.
        var again = (await UploadAsync(site, "Adno,Forename,Surname,Year,Reg\nQx77,Ida,Moss,5,5 Fir\n")).Preview;
        Assert.Contains("Ida Moss (Qx77, line 2) would be new", again.Main);
    }

    [Fact]
    public async Task Letters_that_are_unlikely_in_a_name_are_pointed_out_and_the_likely_encoding_is_offered()
    {
        await using var site = await TestSite.OpenAsync();
        byte[] sheet = [.. "Adno,Forename,Surname,Year,Reg\n771,"u8, 0xA3, .. "ucja,Wi"u8, 0x9C, .. "lak,5,5 Fir\n772,"u8,
            0x8E, .. "elmira,Dvo"u8, 0xF8, 0xE1, .. "k,5,5 Fir\n"u8];
        var (office, preview) = await UploadAsync(site, sheet);
        Assert.Contains("£ucja Wiœlak", preview.Main);
        var offer = preview.Page.QuerySelectorAll("a").Single(a => a.TextContent.Contains("Central European", StringComparison.Ordinal));
        Assert.Contains("Łucja Wiślak", preview.Main);

        Assert.Contains("Nothing was changed", (await ApplyAsync(office, preview)).Main);
        Assert.Empty(await PeopleAsync(site));
        var likely = await office.GetAsync(offer.GetAttribute("href")!);
        Assert.Contains("Želmira Dvořák", likely.Main);
        await ApplyAsync(office, likely);

        Assert.Equal([("Łucja", "Wiślak"), ("Želmira", "Dvořák")], (await PeopleAsync(site))
            .OrderBy(p => p.Key).Select(p => (p.Value.Forename, p.Value.Surname)));
    }

    [Fact]
    public async Task Whatever_letters_a_name_has_the_username_is_a_to_z_and_digits()
    {
        await using var site = await TestSite.OpenAsync();
        var (office, preview) = await UploadAsync(site, "Adno,Forename,Surname,Year,Reg\n"
            + "701,伟明,陈,5,5 Fir\n702,محمود,عبد الرحمن,5,5 Fir\n703,Jürgen-Lüder,von der,5,5 Fir\n704,İlker,Işıl,5,5 Fir\n"
            + "705,M'Bala,O’Shea,5,5 Fir\n706,Nguyễn,Thị Bích,5,5 Fir\n707,มานี,มีนา,5,5 Fir\n"
            + "708,Đura,Ђурић,5,5 Fir\n709,Q Æ B-7,Rusk,5,5 Fir\n710,André,Núñez,5,5 Fir\n"
            + "711,Andre\u0301,Nu\u0301n\u0303ez,5,5 Fir\n712,Сергій,Їжак,5,5 Fir\n");
        Assert.DoesNotContain("cannot be used", preview.Main);

        await ApplyAsync(office, preview);

        var people = await PeopleAsync(site);
        Assert.Equal(12, people.Count);
        Assert.All(people.Values, p => Assert.Matches("^[a-z0-9]{2,30}$", p.UserName));
        Assert.Equal(["mhmwda", "jurgenluderv", "ilkeri", "mbalao", "nguyent"], people.OrderBy(p => p.Key).Skip(1).Take(5).Select(p => p.Value.UserName));
        Assert.Matches("^[a-z]+[0-9]+$", people["701"].UserName);
        Assert.Matches("^[a-z]+[0-9]+$", people["707"].UserName);
        Assert.Equal(("durad", "andren", "andren2", "sergiii"),
            (people["708"].UserName, people["710"].UserName, people["711"].UserName, people["712"].UserName));
        Assert.Equal(people["710"].Surname, people["711"].Surname);
    }

    [Fact]
    public async Task A_long_name_stays_whole()
    {
        const string first = "Maria Isabel Antónia Francisca Xavier de Paula Micaela Gabriela Rafaela";
        const string last = "Teresa Joaquina Gonzaga de Bragança e Bourbon Saxe-Coburgo Serafim";
        var (marked, over) = (string.Concat(Enumerable.Repeat("ñ\u0323", 100)), new string('x', 101));
        await using var site = await TestSite.OpenAsync();
        var (office, preview) = await UploadAsync(site, "Adno,Forename,Surname,Year,Reg\n"
            + $"730,{first},{last},5,5 Fir\n731,{marked},Lim,5,5 Fir\n732,{over},Lim,5,5 Fir\n");
        Assert.Contains("longer than 100 letters", preview.Main);

        await ApplyAsync(office, preview, ("LeaveOut", "true"));

        var people = await PeopleAsync(site);
        Assert.Equal((first, last), (people["730"].Forename, people["730"].Surname));
        Assert.Equal(["730", "731"], people.Keys.Order());
        Assert.Contains($"{first} {last}", (await office.GetAsync("/admin/people?find=micaela")).Main);
    }

    [Fact]
    public async Task A_list_of_staff_does_not_become_pupils()
    {
        await using var site = await TestSite.OpenAsync();
        var (_, answer) = await UploadAsync(site, "Staff ID,Arbor ID,First name,Last name,Email\n"
            + "311,70101,Ted,Marsh,ted.marsh@school.example\n");

        Assert.Contains("list of staff", answer.Main);
        Assert.Contains("“Staff ID”", answer.Main);
        Assert.Equal(0, await site.WithDbAsync(db => db.RosterImports.CountAsync()));
    }

    [Fact]
    public async Task A_sheet_whose_year_and_class_would_be_lost_is_refused_in_words()
    {
        await using var site = await TestSite.OpenAsync();
        var (_, answer) = await UploadAsync(site, "School_id,Student_id,First_name,Last_name,Grade,Home_Room,Section\n"
            + "12,6001,Ivy,Okon,5,5 Fir,Maths A\n");

        Assert.Contains("“School_id”, “Grade”, “Home_Room”, “Section”", answer.Main);
        Assert.Equal(0, await site.WithDbAsync(db => db.RosterImports.CountAsync()));
    }
}
