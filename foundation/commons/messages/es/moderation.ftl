door-moderation = Moderación
subject-comment = Comentario
part-comment = Las palabras
part-description = La descripción
part-photo = Una foto
part-media = El enlace a una imagen
part-answers = Las respuestas a las preguntas
part-address = El lugar en palabras
part-said = Lo que dijo después quien avisó
moderation-comma = {", "}
moderation-reason-personal-data = Datos personales
moderation-reason-insult = Insulto
moderation-reason-hate = Odio
moderation-reason-threat = Amenaza
moderation-reason-illegal = Contra la ley
moderation-reason-advertising = Publicidad
moderation-reason-off-topic = Fuera de tema
moderation-reason-flood = Enviado una y otra vez
moderation-reason-shocking = No apto para todos
moderation-reason-impersonation = Habla como si fuera otra persona
moderation-why-personal-data = Muestra datos personales, como un nombre, una dirección, un teléfono, una matrícula o una cara.
moderation-why-insult = Insulta a alguien.
moderation-why-hate = Ataca a personas por su origen, religión, sexo, discapacidad u otra condición.
moderation-why-threat = Amenaza a alguien o llama a la violencia.
moderation-why-illegal = La ley no permite publicarlo.
moderation-why-advertising = Anuncia algo.
moderation-why-off-topic = No tiene que ver con este asunto.
moderation-why-flood = Se envió lo mismo muchas veces.
moderation-why-shocking = Muestra violencia o desnudez.
moderation-why-impersonation = Habla en nombre de otra persona.
moderation-reason-times = { $count ->
    [one] { $reason }
   *[other] { $reason } ({ $count })
}
notice-hidden = Oculto por la moderación: { $part }. { $why }
notice-passage = Tachado por la moderación (un pasaje): { $part }. { $why }
notice-held = { $part }: retenido hasta que lo vea una persona moderadora.
notice-held-short = retenido hasta que lo vea una persona moderadora
notice-desk = { $part }: no se hace público hasta que lo lea el organismo.
notice-desk-left-out = { $part }: el organismo no lo publica.
notice-desk-short = no es público hasta que lo lea el organismo
notice-own = Solo usted puede leer esto.
notice-why = Por qué, y cómo recurrir
step-hidden-by-moderation = Oculto por la moderación: { $why }
flag-link = Avisar a la moderación
flag-link-comment = Avisar a la moderación de este comentario
flag-to-moderators = Avisar a la moderación
flag-lead = Diga a la moderación si algo de aquí no debería ser público. Son personas; nada se oculta solo porque alguien haya avisado.
flag-back = A la página
flag-reason = ¿Qué tiene de malo?
flag-note = ¿Algo más que deban saber? (opcional)
flag-note-hint = Hasta 1.000 caracteres. Solo lo lee la moderación.
flag-private = Nadie sabrá que fue usted. Lo que decida la moderación está en su registro público:
flag-send = Enviar el aviso
flash-reported = Gracias. La moderación lo verá.
flash-comment-held = Su comentario parece publicidad, así que una persona lo lee antes de que aparezca. Usted lo ve aquí; los demás, todavía no.
flash-appealed = Su recurso está en manos de la moderación. Lo decide otra persona distinta de la anterior.
flash-moderated = Decidido. Consta en el registro público.
refusal-report-reason = Elija qué tiene de malo.
refusal-report-nobody = No podemos distinguirle de los demás: permita las cookies de este sitio o inicie sesión, y envíelo de nuevo.
refusal-report-own = Son sus propias palabras. Puede cambiarlas o retirarlas en la página de su aviso.
refusal-report-already = Ya avisó de esto. Se cuenta una vez.
refusal-report-address = Alguien desde su dirección de internet ya avisó de esto hoy. Inicie sesión si es otra persona.
refusal-report-nothing-left = No queda nada que ocultar: la moderación ya lo ocultó.
refusal-report-note-long = Sus palabras a la moderación pueden tener como mucho { $most } caracteres.
refusal-report-too-often = Desde su dirección de internet llegaron demasiados avisos en la última hora. Inténtelo más tarde.
refusal-comment-too-often-new = Las cuentas nuevas pueden añadir { $most } comentarios por hora. Siga más tarde.
refusal-comment-too-often = Puede añadir { $most } comentarios por hora. Siga más tarde.
refusal-requests-too-often = Desde su dirección de internet llegaron demasiados avisos en la última hora. Inténtelo más tarde, o llámenos si es urgente.
moderation-title = Moderación
moderation-lead = Primero va lo que lleva más tiempo esperando.
moderation-tabs = Qué mirar
moderation-tab-all = Todo lo que espera
moderation-tab-appealed = Recursos
moderation-tab-held = Retenido
moderation-tab-closed = Decidido
moderation-kind = Tipo
moderation-all-kinds = Todos los tipos
moderation-reason = Motivo
moderation-all-reasons = Todos los motivos
moderation-all-acts = Todos los actos
moderation-filter = Mostrar
moderation-clear = Mostrar todo
moderation-none = Aquí no espera nada
moderation-none-text = Los avisos nuevos aparecen por sí solos.
moderation-many = avisado por muchos
moderation-points = { $points ->
    [one] un punto
   *[other] { $points } puntos
}
moderation-due = por decidir antes del { $date }
moderation-column-case = Caso
moderation-column-words = Qué dice
moderation-column-why = Avisado por
moderation-column-standing = Estado
moderation-column-since = Desde
moderation-column-when = Cuándo
moderation-column-act = Acto
moderation-column-what = Qué
moderation-column-by = Por
moderation-column-appeal = Recurso
moderation-keys = Teclas
moderation-keys-text = j y k recorren la lista, o abre un caso, ? muestra esto.
moderation-keys-switch = Apagar o encender estas teclas
moderation-case = Caso { $code }
moderation-gone = Aquello de lo que trataba ya no está.
moderation-part-hidden = oculto
moderation-words = Qué ocultar
moderation-words-hint = Desmarque lo que puede quedar.
moderation-passage = Solo un pasaje (opcional)
moderation-passage-hint = Cópielo aquí exactamente: se tacha en las partes marcadas y lo demás queda.
moderation-reason-hint = Público. Necesario para ocultar o advertir.
moderation-choose = Elija
moderation-note = Sus propias palabras a quien lo escribió (opcional)
moderation-note-hint = Solo las leen su autor y la moderación. Nunca son públicas.
moderation-own-decision = Esto lo decidió usted: el recurso lo decide otra persona.
moderation-templates = La frase pública de cada motivo
moderation-about = Sobre ello
moderation-author = Autor
moderation-written = Escrito
moderation-reports = { $count ->
    [0] Nadie avisó de ello
    [one] Avisado una vez
   *[other] Avisado por { $count }
}
moderation-score = Parece publicidad: { $points ->
    [one] un punto
   *[other] { $points } puntos
}
moderation-score-text = Desde 30 puntos se le pide que mire; desde 60 se retiene hasta que lo haga. Los puntos nunca borran nada.
moderation-do-hide = Ocultarlo
moderation-do-warn = Dejarlo y advertir al autor
moderation-do-dismiss = Dejarlo
moderation-do-release = Mostrarlo
moderation-do-restore = Mostrarlo de nuevo
moderation-do-uphold = La decisión se mantiene
moderation-do-overturn = Mostrarlo de nuevo
moderation-cause-reported = Avisado
moderation-cause-marked = Marcado por la puntuación
moderation-cause-held = Retenido por la puntuación
moderation-cause-desk = A la espera del organismo
moderation-act-held = Retenido
moderation-act-hidden = Oculto
moderation-act-restored = Mostrado de nuevo
moderation-act-released = Visto y mostrado
moderation-act-dismissed = Queda como está
moderation-act-warned = Autor advertido
moderation-act-appealed = Recurrido
moderation-act-upheld = Recurso rechazado
moderation-act-overturned = Recurso aceptado, mostrado de nuevo
moderation-appeal-waiting = espera una decisión
moderation-appeal-upheld = rechazado
moderation-appeal-overturned = aceptado
moderation-role-moderator = Moderación
moderation-role-administrator = Administración
moderation-role-author = Autor
moderation-role-score = Puntuación de publicidad
moderation-log = Registro público de la moderación
moderation-log-lead = Todo lo que hizo la moderación: qué tipo, por qué, cuándo y cómo acabaron los recursos. Las palabras ocultas no están aquí.
moderation-log-none = Todavía no se ha moderado nada
moderation-log-none-text = En cuanto se haga, constará aquí.
moderation-of-title = Qué hizo la moderación
moderation-nothing-hidden = No hay nada oculto.
moderation-own-words = Sus palabras
moderation-own-words-text = Solo usted y la moderación pueden leerlas.
moderation-note-to-you = La moderación le escribe
moderation-thread = Paso a paso
appeal-title = Recurso
appeal-text = Lo mira otra persona distinta de la que decidió. Esa decisión es definitiva.
appeal-label = ¿Por qué debería ser público?
appeal-hint = Hasta { $most } caracteres; solo los lee la moderación. Se decide en { $days } días laborables.
appeal-send = Enviar el recurso
appeal-due = El recurso debe decidirse antes del { $date }.
refusal-appeal-nothing-hidden = No hay ninguna decisión que recurrir.
refusal-appeal-once = Ya recurrió; solo es posible un recurso.
refusal-appeal-late = Se puede recurrir durante { $days } días.
refusal-appeal-empty = Escriba por qué debería ser público.
refusal-appeal-too-long = Un recurso puede tener como mucho { $most } caracteres.
refusal-moderation-own = Son sus propias palabras: decide otra persona.
refusal-moderation-decided = Este caso ya está decidido.
refusal-moderation-meanwhile = Otra persona cambió este caso mientras usted leía. Mírelo de nuevo.
refusal-moderation-reason = Elija un motivo: lo ve todo el mundo.
refusal-moderation-parts = Marque al menos una parte que ocultar.
refusal-moderation-passage = Este pasaje no está en ninguna de las partes marcadas. Cópielo exactamente.
refusal-moderation-passage-long = Un pasaje puede tener como mucho { $most } caracteres. Oculte la parte entera.
refusal-moderation-note-long = Sus palabras al autor pueden tener como mucho { $most } caracteres.
refusal-moderation-same-moderator = Esto lo decidió usted: el recurso lo decide otra persona.
refusal-moderation-not-hidden = Este caso no oculta nada.
refusal-moderation-not-held = Esto no está retenido.
refusal-moderation-held = Esto está retenido: muéstrelo u ocúltelo.
refusal-moderation-gone = Aquello de lo que trataba ya no está.
refusal-moderation-no-appeal = No hay ningún recurso que decidir.
refusal-moderation-needs-person = Aquí solo deciden personas: inicie sesión.
refusal-moderation-act = Elija uno de los actos que se ofrecen.
refusal-moderation-state = Elija una de las pestañas: waiting, appealed, held o closed.
refusal-moderation-kind = Aquí no se modera nada de este tipo.
refusal-hidden-by-moderation = La moderación lo ha ocultado. Puede recurrir; hasta entonces no se puede cambiar.
spam-links = { $times ->
    [one] Una dirección web
   *[other] { $times } direcciones web
}
spam-links-only = Casi nada más que direcciones web
spam-hiding-link = Una dirección que oculta adónde lleva, o que abre un chat
spam-sellers-words = { $times ->
    [one] Una frase de vendedores
   *[other] { $times } frases de vendedores
}
spam-contact = Una forma de escribir o llamar, junto a palabras de vendedores
spam-markup = Código de enlaces
spam-mixed-letters = { $times ->
    [one] Letras de dos alfabetos en una palabra
   *[other] Letras de dos alfabetos en { $times } palabras
}
spam-unseen = Caracteres que no se ven
spam-capitals = Casi todo en mayúsculas
spam-repetition = Lo mismo una y otra vez
spam-sent-before = { $times ->
    [one] Lo mismo se envió ya una vez hoy
   *[other] Lo mismo se envió ya { $times } veces hoy
}
spam-new-author = Alguien nuevo
saying-moderation-held = Algo en { $on } se retuvo hasta que lo vea una persona moderadora.
saying-moderation-hidden = { $by } ocultó palabras en { $on }: { $reason }.
saying-moderation-restored = { $by } mostró de nuevo palabras en { $on }.
saying-moderation-released = { $by } miró palabras retenidas en { $on } y las mostró.
saying-moderation-dismissed = { $by } miró un aviso sobre { $on } y lo dejó como está.
saying-moderation-warned = { $by } advirtió al autor de { $on }: { $reason }.
saying-moderation-appealed = El autor de { $on } recurrió una decisión de la moderación.
saying-moderation-upheld = { $by } decidió un recurso sobre { $on }: sigue oculto.
saying-moderation-overturned = { $by } decidió un recurso sobre { $on }: se muestra de nuevo.
mail-moderation-subject = Moderación: { $what }
mail-moderation-hidden = La moderación ha ocultado palabras suyas en { $what }. El motivo que lee todo el mundo: { $why }
mail-moderation-restored = Palabras suyas en { $what } que la moderación había ocultado se muestran de nuevo.
mail-moderation-released = Palabras suyas en { $what } estaban retenidas; la moderación las ha visto y ahora las puede leer todo el mundo.
mail-moderation-warned = La moderación le pide cuidado con lo que escribe en { $what }. El motivo: { $why } Sus palabras siguen siendo públicas.
mail-moderation-upheld = Otra persona de la moderación miró su recurso sobre { $what }: la decisión se mantiene.
mail-moderation-overturned = Otra persona de la moderación miró su recurso sobre { $what }: sus palabras se muestran de nuevo.
mail-moderation-body =
    { $sentence }

    { $note }Lea lo que se decidió, vea sus palabras y recurra aquí (inicie sesión, o abra antes el enlace privado de su aviso):
    { $link }
thanks-held = Sus palabras parecen publicidad, así que una persona las lee antes de que aparezcan. La avería ya está en manos del organismo.
desk-hidden-by-moderation = Oculto por la moderación: no es público, pero quizá lo necesite
retention-commons-moderation-reports = Quién avisó de qué a la moderación, en casos terminados
retention-commons-moderation-words = Palabras de la moderación y apelaciones, en casos terminados; el registro público se queda
part-document = Un archivo
reasons-title = Motivos de moderación
reasons-lead = Lo que pueden elegir quienes avisan de algo y quienes moderan. La frase es pública: aparece donde se ocultó algo y en el registro. Cada decisión conserva las palabras de su día.
reasons-name = Nombre corto
reasons-sentence = Frase pública
reasons-sentence-hint = Lo que lee todo el mundo
reasons-position = Lugar en la lista
reasons-position-hint = Un número; los menores van primero
reasons-offered = Se ofrece
reasons-yes = Sí
reasons-no = Retirado
reasons-own = Con palabras del municipio
reasons-edit = Cambiar este motivo
reasons-add = Añadir un motivo
reasons-code = Código
reasons-code-hint = Para máquinas: letras minúsculas, cifras y guiones. No cambia.
reasons-active = Se puede elegir
reasons-active-text = Quite la marca para retirarlo: lo ya decidido queda como está.
reasons-save = Guardar
flash-reason = El motivo está guardado.
subject-moderation-reason = Motivo de moderación
saying-moderation-reason-defined = { $by } estableció el motivo de moderación «{ $name }»: { $sentence }
refusal-reason-code = Un código tiene de 1 a { $most } letras minúsculas, cifras y guiones.
refusal-reason-words = Escriba el nombre (como máximo { $name } caracteres) y la frase (como máximo { $sentence }) en cada idioma del municipio.
refusal-reason-position = El lugar es un número entero de 1 a { $most }.
refusal-reason-taken = Ya hay un motivo con este código. Elíjalo en la lista para cambiarlo.
refusal-reason-meanwhile = Otra persona cambió este motivo mientras usted leía. Mírelo de nuevo.
refusal-reason-last = Tiene que quedar al menos un motivo para elegir.
refusal-reasons-too-many = Un municipio puede tener como máximo { $most } motivos. Cambie uno de los que hay.
