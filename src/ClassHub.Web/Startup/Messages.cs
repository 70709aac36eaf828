using ClassHub.Guardians;
using ClassHub.Messages;
using ClassHub.People;
using ClassHub.Web.Ui;

namespace ClassHub.Web.Startup;

public static class Messages
{
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider =>
        {
            var mail = provider.GetRequiredService<IConfiguration>().GetSection("ClassHub:Mail");
            return new MailSettings(mail["Host"], mail.GetValue("Port", 587), mail["User"], mail["Password"], mail["From"] ?? "",
                provider.GetRequiredService<SiteAddress>().Known, mail.GetValue("Encrypted", true), mail["ReplyTo"]);
        });
        builder.Services.AddSingleton(provider =>
        {
            var push = provider.GetRequiredService<IConfiguration>().GetSection("ClassHub:Push");
            return new PushSettings(push["Contact"], push["Hosts"] is { Length: > 0 } hosts ? hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : PushSettings.Makers);
        });
        builder.Services.AddSingleton<SendingTurn>();
        builder.Services.AddScoped<SendPush>();
        builder.Services.AddScoped<InviteGuardian>();
        builder.Services.AddScoped<SignInByLink>();
        builder.Services.AddScoped<AskForLink>();
        builder.Services.AddScoped<ComposeMail>();
        builder.Services.AddScoped<SendUrgent>();
        builder.Services.AddScoped<ReachPerson>();
    }
}
