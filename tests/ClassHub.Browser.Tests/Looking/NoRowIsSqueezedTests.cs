using ClassHub.Browser.Tests.TheSite;

namespace ClassHub.Browser.Tests.Looking;

/// <summary>On every width of a phone the text of a row has room to be read, whatever stands beside it.</summary>
[Collection(InTheBrowser.Name)]
public sealed class NoRowIsSqueezedTests(Chromium chromium, DemoServer school)
{
    private static readonly string[] Lists =
    [
        "/", "/to-mark", "/classes", "/work", "/news", "/calendar?view=list", "/classes/1", "/classes/1/tasks", "/classes/1/tasks/1", "/classes/1/people",
        "/classes/1/staff", "/classes/1/posts/1/dates", "/admin/roster", "/admin/people", "/admin/classes", "/admin/guardians", "/admin/audit",
    ];

    /// <summary>Rows over 200 px, columns of text under 8 em, and tables cut off; names and two chips as long as people have them.</summary>
    private const string Squeezed = """
        em => {
          const wrong = []
          for (const row of document.querySelectorAll("main .item")) {
            const text = row.querySelector(":scope > .grow")
            if (!row.offsetParent || !text) continue
            const name = text.querySelector(".b")
            if (name) name.textContent = "Maximiliana-Theodora Featherstonehaugh-Oyelaran"
            const chip = document.createElement("span")
            chip.className = "chip line"
            chip.textContent = "Marked, not given back"
            while (row.querySelectorAll(".chip").length < 2) (row.querySelector(".chips") || row).append(chip.cloneNode(true))
            if (text.getBoundingClientRect().width < 8 * em) wrong.push(`${Math.round(text.getBoundingClientRect().width)} px wide: ${text.textContent.trim().slice(0, 40)}`)
            if (row.offsetHeight > 200 && !row.querySelector("form, details[open], input")) wrong.push(`${row.offsetHeight} px high: ${text.textContent.trim().slice(0, 40)}`)
          }
          for (const table of document.querySelectorAll("main .tbl"))
            if (table.scrollWidth > table.clientWidth + 1) wrong.push(`a table is cut off: ${table.textContent.trim().slice(0, 40)}`)
          return wrong
        }
        """;

    [Theory, InlineData("amira"), InlineData("okafor"), InlineData("admin")]
    public async Task Every_list_can_be_read_at_every_width_of_a_phone(string name)
    {
        await using var device = await chromium.PhoneAsync(school);
        await device.HasSignedInAsync(name);
        var wrong = new List<string>();
        foreach (var path in Lists)
            foreach (var width in new[] { 320, 360, 390, 430, 600 })
            {
                await device.Page.SetViewportSizeAsync(width, 800);
                var answer = await device.Page.GotoAsync(school.Address + path);
                if (answer is not { Ok: true }) break;                       // not a page of theirs
                wrong.AddRange((await device.Page.EvaluateAsync<string[]>(Squeezed, 16)).Select(w => $"{path} at {width}: {w}"));
            }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
