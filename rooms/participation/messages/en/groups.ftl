groups-title = Groups you write with
groups-lead = A group puts proposals forward under its own name. Its members write and decide together; who comes in confirms it by a mailed link, and everybody can leave.
groups-none = You are in no group yet.
group-form = Form a group
group-name = Name of the group
group-name-hint = Up to { $most } characters; everybody reads it once a proposal of the group is public.
group-form-button = Form the group
group-members = Members
group-member-since = since { $date }
group-nobody = Nobody is in this group any more. Its proposals stay.
group-private = Nobody but its members knows of this group until a proposal of it is public.
group-proposals = Proposals of this group
group-ask = Ask somebody in
group-ask-text = Who comes in writes and decides as you do.
group-ask-email = E-mail address
group-ask-button = Send the invitation
group-leave = Leave the group
group-leave-text = You no longer decide about its proposals, unless you began them or joined them yourself.
group-leave-button = Leave
group-join = Come into a group
group-join-text = You were asked into the group “{ $name }”. You will be named with its proposals, and decide about their words.
group-join-yes = Yes, I come in
flash-group = The group is there. Ask others in.
flash-group-joined = You are in the group now.
flash-group-left = You left the group.
proposal-group = In whose name
proposal-group-hint = Your own, or that of a group you are in
proposal-group-none = My own name
proposal-group-by = Put forward by the group
author-of-group = Begun by
subject-proposal-group = Group
part-group-name = The name of the group
saying-proposal-group-joined = { $by } came into the group { $subject }.
saying-proposal-group-left = { $by } left the group { $subject }.
mail-group-subject = Come into the group { $group }?
mail-group-body =
    { $name } asks you into a group that puts proposals forward: { $group }

    Come in here:
    { $link }
refusal-group-name = A name needs at least { $least } characters.
refusal-groups-many = You may be in at most { $most } groups.
refusal-group-full = A group may have at most { $most } members, those who were asked among them.
refusal-proposal-group = Choose a group you are in, or your own name.
