door-search = Buscar
search-title = Buscar
search-label = Palabras que buscar
search-button = Buscar
search-hint = Escriba una calle, un tipo de problema o una referencia como R-7K2M.
search-none = No se ha encontrado nada para «{ $query }»
search-none-text = Pruebe con menos palabras o con el comienzo de una palabra.
search-more = También los hay más antiguos: añada una palabra para encontrarlos.
search-found = { $count ->
    [one] Un resultado, primero lo más reciente
   *[other] { $count } resultados, primero lo más reciente
}
follow-title = Seguir por correo
follow-what = Se trata del asunto
follow-confirm = Sí, envíenme noticias
follow-not = No, olviden mi dirección
follow-leave = No envíen más noticias
flash-comment = Su comentario está en la página.
flash-follow = Le hemos enviado un correo. Abra el enlace para confirmar.
flash-followed = Recibirá un correo cada vez que ocurra algo.
flash-unfollowed = No recibirá más correos sobre esto.
saying-comment-added = { $by } comentó { $subject }.
commons-mail-confirm-subject = Confirme, por favor: noticias sobre { $what }
commons-mail-confirm-body =
    Alguien, probablemente usted, pidió noticias sobre { $what }.

    Para confirmar, abra esta página y pulse el botón:
    { $link }

    Si no fue usted, no haga nada: no recibirá más correos.
commons-mail-news-subject = { $what }: { $sentence }
commons-mail-news-body =
    { $sentence }

    Léalo aquí:
    { $link }

    No recibir más correos sobre esto:
    { $out }
refusal-comment-empty = Escriba algo antes de enviar.
refusal-comment-too-long = Un comentario puede tener como máximo { $most } caracteres.
refusal-email-unreadable = No es una dirección de correo a la que podamos escribir. Debe ser como nombre@example.org.
refusal-subject-too-new = Este asunto se está registrando ahora mismo. Inténtelo de nuevo en unos segundos.
refusal-photo-too-large = La foto puede tener como máximo { $most } MB. Elija una más pequeña.
refusal-photo-kind = No es una foto que podamos leer. Envíe un archivo JPEG, PNG o WebP.
refusal-photo-too-many-pixels = La foto es demasiado grande: como máximo { $most } millones de píxeles. Envíe una más pequeña.
refusal-photo-broken = La foto está dañada y no se puede leer. Elija otra.
retention-commons-loose-photos = Fotos que no son de ningún aviso, después de enviarse
retention-commons-unconfirmed-followers = Direcciones que pidieron noticias y nunca lo confirmaron, después de pedirlo
talk-comments = Comentarios
talk-count = { $count ->
    [0] Nadie ha comentado todavía.
    [one] Un comentario
   *[other] { $count } comentarios
}
talk-label = Añadir un comentario
talk-hint = Es público. Diga lo que ayude, con amabilidad.
talk-button = Añadir el comentario
talk-sign-in = Inicie sesión para comentar
talk-follow = Seguir
talk-followers = { $count ->
    [0] Nadie sigue esto todavía.
    [one] Una persona sigue esto.
   *[other] { $count } personas siguen esto.
}
talk-email = Su correo electrónico
talk-follow-button = Enviarme novedades
talk-rss = Seguir por RSS
talk-reply = Responder
talk-reply-to = Responder a { $name }
talk-gone = La cuenta de quien escribió esto se borró, y con ella las palabras.
talk-more = { $count ->
    [one] Una respuesta más en este hilo
   *[other] { $count } respuestas más en este hilo
}
talk-all = Todos los comentarios, en otro orden
talk-order = Orden
talk-order-oldest = Primero los más antiguos
talk-order-newest = Primero los más recientes
talk-order-answered = Primero los más respondidos
talk-thread = Un hilo
talk-back = Volver al asunto
talk-write-label = Sus palabras
refusal-talk-order-unknown = Los comentarios se ordenan por oldest, newest o answered.
refusal-comment-reply-gone = El comentario al que responde ya no está, o sus palabras están ocultas. Todavía puede añadir un comentario propio.
refusal-document-empty = El archivo está vacío. Elija otro.
refusal-document-large = Un archivo puede tener como máximo { $most } MB. Envíe uno más pequeño.
refusal-document-kind = Aceptamos PDF, texto y documentos de LibreOffice o Microsoft Office sin macros. Este archivo no es ninguno de ellos, se llame como se llame.
talk-side = Su comentario está (opcional)
talk-side-none = sin tomar partido
talk-side-for = A favor
talk-side-against = En contra
talk-side-neutral = Neutral
talk-sides-all = Todos los comentarios
refusal-comment-side = Un comentario está a favor, en contra o es neutral, o no toma partido.
refusal-comment-no-sides = Aquí los comentarios no toman partido.
