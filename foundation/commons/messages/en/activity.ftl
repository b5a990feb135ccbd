activity-comment = You commented
following-title = What I follow by e-mail
following-lead = News of these matters goes to the address of your account. You also stop it by the link in every mail.
following-none = You follow nothing by e-mail
following-none-text = On the page of a matter you can ask for news of it.
following-unconfirmed = Not confirmed yet: look into your mailbox.
following-leave = Stop
