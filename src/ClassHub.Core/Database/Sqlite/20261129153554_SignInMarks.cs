using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Sqlite
{
    /// <inheritdoc />
    public partial class SignInMarks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AccountId",
                table: "SignInThrottles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DayBeganAt",
                table: "SignInThrottles",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<DateTime>(
                name: "LetInUntil",
                table: "SignInThrottles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Misses",
                table: "SignInThrottles",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Misses",
                table: "KnownDevices",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "PasswordById",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PasswordEndsAt",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PasswordMadeAt",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_SignInThrottles_AccountId",
                table: "SignInThrottles",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_KnownDevices_KeyHash",
                table: "KnownDevices",
                column: "KeyHash");

            migrationBuilder.AddForeignKey(
                name: "FK_SignInThrottles_Accounts_AccountId",
                table: "SignInThrottles",
                column: "AccountId",
                principalTable: "Accounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            // One-time passwords that were given out before there was an end to them end in 14 days, too.
            migrationBuilder.Sql("""
                UPDATE "Accounts" SET "PasswordEndsAt" = strftime('%Y-%m-%d %H:%M:%S', 'now', '+14 days') WHERE "MustChangePassword";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_SignInThrottles_Accounts_AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropIndex(
                name: "IX_SignInThrottles_AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropIndex(
                name: "IX_KnownDevices_KeyHash",
                table: "KnownDevices");

            migrationBuilder.DropColumn(
                name: "AccountId",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "DayBeganAt",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "LetInUntil",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "Misses",
                table: "SignInThrottles");

            migrationBuilder.DropColumn(
                name: "Misses",
                table: "KnownDevices");

            migrationBuilder.DropColumn(
                name: "PasswordById",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordEndsAt",
                table: "Accounts");

            migrationBuilder.DropColumn(
                name: "PasswordMadeAt",
                table: "Accounts");
        }
    }
}
