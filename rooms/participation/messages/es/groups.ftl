groups-title = Grupos con los que escribe
groups-lead = Un grupo presenta propuestas con su propio nombre. Sus miembros escriben y deciden juntos; quien entra lo confirma por un enlace enviado por correo, y cualquiera puede salir.
groups-none = Todavía no está en ningún grupo.
group-form = Formar un grupo
group-name = Nombre del grupo
group-name-hint = Hasta { $most } caracteres; lo lee todo el mundo en cuanto una propuesta del grupo es pública.
group-form-button = Formar el grupo
group-members = Miembros
group-member-since = desde el { $date }
group-nobody = Ya no hay nadie en este grupo. Sus propuestas quedan.
group-private = Nadie más que sus miembros sabe de este grupo hasta que una propuesta suya es pública.
group-proposals = Propuestas de este grupo
group-ask = Invitar a alguien
group-ask-text = Quien entra escribe y decide como usted.
group-ask-email = Correo electrónico
group-ask-button = Enviar la invitación
group-leave = Salir del grupo
group-leave-text = Ya no decidirá sobre sus propuestas, salvo las que usted empezó o a las que se unió.
group-leave-button = Salir
group-join = Entrar en un grupo
group-join-text = Le invitaron al grupo «{ $name }». Se le nombrará con sus propuestas y decidirá sobre sus palabras.
group-join-yes = Sí, entro
flash-group = El grupo está formado. Invite a otras personas.
flash-group-joined = Ahora está en el grupo.
flash-group-left = Ha salido del grupo.
proposal-group = En nombre de quién
proposal-group-hint = El suyo, o el de un grupo en el que está
proposal-group-none = Mi propio nombre
proposal-group-by = Presentada por el grupo
author-of-group = Empezada por
subject-proposal-group = Grupo
part-group-name = El nombre del grupo
saying-proposal-group-joined = { $by } entró en el grupo { $subject }.
saying-proposal-group-left = { $by } salió del grupo { $subject }.
mail-group-subject = ¿Entrar en el grupo { $group }?
mail-group-body =
    { $name } le invita a un grupo que presenta propuestas: { $group }

    Entre aquí:
    { $link }
refusal-group-name = Un nombre necesita al menos { $least } caracteres.
refusal-groups-many = Puede estar como máximo en { $most } grupos.
refusal-group-full = Un grupo puede tener como máximo { $most } miembros, contando a quienes se invitó.
refusal-proposal-group = Elija un grupo en el que está, o su propio nombre.
