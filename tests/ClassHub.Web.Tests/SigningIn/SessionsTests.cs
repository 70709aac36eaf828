using System.Net;
using AngleSharp.Dom;

namespace ClassHub.Web.Tests.SigningIn;

public sealed class SessionsTests
{
    [Fact]
    public async Task A_device_that_is_ended_in_the_list_is_signed_out_at_its_next_request()
    {
        using var site = await TestSite.OpenAsync();
        using var phone = await site.SignedInAsync("Okafor", device: "Phone, Chrome");
        using var computer = await site.SignedInAsync("Okafor", device: "Computer, Firefox");
        using var kai = await site.SignedInAsync("Moana");

        var list = await computer.GetAsync("/me/sessions");
        Assert.Contains("Phone, Chrome", list.Main, StringComparison.Ordinal);
        var id = list.Page.QuerySelectorAll("input[name=id]").Single().GetAttribute("value")!;

        Assert.Equal(HttpStatusCode.NotFound, (await kai.PostAsync("/me/sessions", ("id", id), ("_form", await kai.TokenAsync()))).Status);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/me")).Status);

        Assert.Equal(HttpStatusCode.Redirect, (await computer.PostFormAsync("/me/sessions", ("id", id))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await computer.GetAsync("/me")).Status);
    }

    [Fact]
    public async Task All_other_devices_end_together_and_this_one_stays()
    {
        using var site = await TestSite.OpenAsync();
        using var phone = await site.SignedInAsync("Okafor");
        using var tablet = await site.SignedInAsync("Okafor");
        using var computer = await site.SignedInAsync("Okafor");

        await computer.PostAsync("/me/sessions?handler=Others", ("_form", await computer.TokenAsync()));

        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/me")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await tablet.GetAsync("/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await computer.GetAsync("/me")).Status);
    }
}
